import { inputMessagesSchema, outputMessagesSchema, systemInstructionsSchema } from "@genspan/semconv/messages";
import type { Attributes } from "@opentelemetry/api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelPath } from "./client.ts";
import { embedContentResponse } from "./embeddings.ts";
import { thrownFacts } from "./errors.ts";
import { imagesOutput, videosFailure, videosInput } from "./media.ts";
import { generateContentInput, generateContentRequest } from "./request.ts";
import { generateContentOutput, generateContentResponse } from "./response.ts";
import { putUsage } from "./usage.ts";

const partsOf = (...parts: readonly object[]): unknown =>
  generateContentInput({ contents: [{ role: "user", parts }] }).messages?.[0]?.parts;

describe("content", () => {
  it("has a part for each kind, and keeps those that this version of the client does not know", () => {
    const parts = partsOf(
      { text: "Look:" },
      { text: "Hm.", thought: true, thoughtSignature: "c2ln" },
      { inlineData: { data: "AAAA", mimeType: "image/png" } },
      { fileData: { fileUri: "gs://a/b.mp4", mimeType: "video/mp4" }, videoMetadata: { fps: 2 } },
      { fileData: { fileUri: "https://example.com/a.pdf", mimeType: "application/pdf" } },
      { functionCall: { id: "1", name: "f", args: { x: 1 } } },
      { executableCode: { code: "1+1", language: "PYTHON" } },
      { codeExecutionResult: { outcome: "OUTCOME_OK", output: "2" } },
      { toolCall: { id: "2", toolType: "GOOGLE_SEARCH_WEB", args: { q: "a" } } },
      { toolResponse: { id: "2", toolType: "GOOGLE_SEARCH_WEB", response: { found: 1 } } },
      { hologram: { size: 3 } },
      { thoughtSignature: "c2ln" },
    );
    expect(parts).toEqual([
      { type: "text", content: "Look:" },
      { type: "reasoning", content: "Hm." },
      { type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" },
      { type: "uri", modality: "video", mime_type: "video/mp4", video_metadata: { fps: 2 }, uri: "gs://a/b.mp4" },
      { type: "uri", modality: "document", mime_type: "application/pdf", uri: "https://example.com/a.pdf" },
      { type: "tool_call", id: "1", name: "f", arguments: { x: 1 } },
      {
        type: "server_tool_call",
        name: "code_execution",
        server_tool_call: { type: "code_execution", code: "1+1", language: "PYTHON" },
      },
      {
        type: "server_tool_call_response",
        server_tool_call_response: { type: "code_execution", outcome: "OUTCOME_OK", output: "2" },
      },
      {
        type: "server_tool_call",
        id: "2",
        name: "google_search_web",
        server_tool_call: { type: "google_search_web", args: { q: "a" } },
      },
      {
        type: "server_tool_call_response",
        id: "2",
        server_tool_call_response: { type: "google_search_web", response: { found: 1 } },
      },
      { type: "hologram", content: { size: 3 } },
    ]);
    inputMessagesSchema.parse([{ role: "user", parts }]);
  });

  it("is one message of the user where it is text, parts, or both, and has the conventions' roles", () => {
    const messages = (contents: unknown): unknown => generateContentInput({ contents }).messages;
    const hello = { role: "user", parts: [{ type: "text", content: "Hello" }] };
    expect(messages("Hello")).toEqual([hello]);
    expect(messages({ text: "Hello" })).toEqual([hello]);
    expect(messages({ parts: [{ text: "Hello" }] })).toEqual([hello]);
    expect(messages(["Hello", { text: "you" }])).toEqual([
      { role: "user", parts: [...hello.parts, { type: "text", content: "you" }] },
    ]);
    const media = { inlineData: { data: "AAAA", mimeType: "image/png" } };
    expect(
      messages([
        { role: "model", parts: [{ text: "Hello" }] },
        { role: "user", parts: [{ functionResponse: { name: "f", response: { a: 1 }, parts: [media] } }] },
      ]),
    ).toEqual([
      { role: "assistant", parts: hello.parts },
      {
        role: "tool",
        parts: [
          {
            type: "tool_call_response",
            name: "f",
            response: { a: 1, parts: [{ type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" }] },
          },
        ],
      },
    ]);
  });

  it.each([
    ["text", "Be kind."],
    ["a content", { role: "user", parts: [{ text: "Be kind." }] }],
    ["a part", { text: "Be kind." }],
    ["a list", ["Be kind."]],
  ])("of the system is read from %s", (_name, systemInstruction) => {
    const { system } = generateContentInput({ contents: "", config: { systemInstruction } });
    expect(system).toEqual([{ type: "text", content: "Be kind." }]);
  });

  it("of the system may have parts that are no text, under names of their own", () => {
    const systemInstruction = [{ inlineData: { data: "AAAA", mimeType: "image/png" } }];
    const { system } = generateContentInput({ contents: "", config: { systemInstruction } });
    expect(system).toEqual([{ type: "google.blob", modality: "image", mime_type: "image/png", content: "AAAA" }]);
    systemInstructionsSchema.parse(system);
  });
});

describe("a request", () => {
  it("defines functions, and names the tools that Google runs", () => {
    const parameters = { type: "OBJECT" };
    const tools = [
      { functionDeclarations: [{ name: "f", description: "does", parameters }, { name: "g" }] },
      { googleSearch: {}, urlContext: {} },
    ];
    expect(generateContentInput({ contents: "", config: { tools } }).tools).toEqual([
      { type: "function", name: "f", description: "does", parameters },
      { type: "function", name: "g" },
      { type: "google_search", name: "google_search" },
      { type: "url_context", name: "url_context" },
    ]);
  });

  it("says what kind of answer is wanted", () => {
    const kind = (config: object): unknown => generateContentRequest({ config })["gen_ai.output.type"];
    expect(kind({ responseModalities: ["TEXT", "IMAGE"] })).toBe("image");
    expect(kind({ responseModalities: ["AUDIO"] })).toBe("speech");
    expect(kind({ responseMimeType: "application/json" })).toBe("json");
    expect(kind({})).toBeUndefined();
  });

  it("goes to the model of the Gemini API, or to that of a project on Vertex AI", () => {
    const apiClient = (isVertexAI: boolean): object => ({
      isVertexAI: () => isVertexAI,
      getProject: () => "p",
      getLocation: () => "us-central1",
      getBaseUrl: () => "",
      getApiVersion: () => "v1",
    });
    expect(modelPath(apiClient(false), "gemini-x", "f")).toBe("/models/gemini-x:f");
    expect(modelPath(apiClient(false), "tunedModels/7", "f")).toBe("/tunedModels/7:f");
    const project = "/projects/p/locations/us-central1/publishers";
    expect(modelPath(apiClient(true), "gemini-x", "f")).toBe(`${project}/google/models/gemini-x:f`);
    expect(modelPath(apiClient(true), "meta/llama", "f")).toBe(`${project}/meta/models/llama:f`);
    expect(modelPath(apiClient(true), "projects/q/models/m", "f")).toBe("/projects/q/models/m:f");
  });
});

describe("a response", () => {
  it("has a reason and a message for each candidate", () => {
    const reasons = ["STOP", "MAX_TOKENS", "SPII", "MALFORMED_FUNCTION_CALL", undefined];
    const candidates = reasons.map((finishReason) => ({ finishReason, content: { parts: [{ text: "a" }] } }));
    expect(generateContentResponse({ candidates })["gen_ai.response.finish_reasons"]).toEqual([
      "stop",
      "length",
      "content_filter",
      "MALFORMED_FUNCTION_CALL",
      "error",
    ]);
    expect(generateContentOutput({ candidates })).toHaveLength(5);
  });

  it("to a prompt that was blocked is filtered", () => {
    const attributes = generateContentResponse({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } });
    expect(attributes["gen_ai.response.finish_reasons"]).toEqual(["content_filter"]);
  });

  it("says what it rests on, without the search widget", () => {
    const groundingMetadata = { webSearchQueries: ["a"], searchEntryPoint: { renderedContent: "<style>" } };
    const output = generateContentOutput({ candidates: [{ content: { parts: [{ text: "b" }] }, groundingMetadata }] });
    expect(output[0]?.parts).toEqual([
      { type: "text", content: "b" },
      { type: "grounding_metadata", content: { webSearchQueries: ["a"] } },
    ]);
    outputMessagesSchema.parse(output);
  });

  it("of Vertex AI counts the tokens of each embedded text", () => {
    const embeddings = [3, 4].map((tokenCount) => ({ values: [1, 2], statistics: { tokenCount } }));
    expect(embedContentResponse({ embeddings })).toEqual({
      "gen_ai.usage.input_tokens": 7,
      "gen_ai.embeddings.dimension.count": 2,
    });
  });

  it("of Imagen has images, of Veo an operation that may have failed", () => {
    const generatedImages = [{ image: { imageBytes: "AAAA", mimeType: "image/png" }, enhancedPrompt: "A red cat" }];
    expect(imagesOutput({ generatedImages })[0]?.parts).toEqual([
      { type: "text", content: "A red cat" },
      { type: "blob", modality: "image", mime_type: "image/png", content: "AAAA" },
    ]);
    expect(videosInput({ source: { prompt: "A cat", image: { gcsUri: "gs://a" } } }).messages?.[0]?.parts).toEqual([
      { type: "text", content: "A cat" },
      { type: "uri", modality: "image", uri: "gs://a" },
    ]);
    expect(videosFailure({ done: true })).toBeUndefined();
    expect(videosFailure({ error: { code: 3, message: "no" } })).toEqual({ type: "operation_failed", message: "no" });
  });
});

describe("usage", () => {
  it("has thoughts in the output and results of tools in the input, and by modality what has a name", () => {
    const attributes = {};
    putUsage(attributes, {
      promptTokenCount: 10,
      toolUsePromptTokenCount: 5,
      candidatesTokenCount: 3,
      thoughtsTokenCount: 4,
      cachedContentTokenCount: 6,
      promptTokensDetails: [
        { modality: "TEXT", tokenCount: 8 },
        { modality: "VIDEO", tokenCount: 2 },
      ],
      toolUsePromptTokensDetails: [{ modality: "TEXT", tokenCount: 5 }],
      cacheTokensDetails: [{ modality: "AUDIO", tokenCount: 6 }],
    });
    expect(attributes).toEqual({
      "gen_ai.usage.input_tokens": 15,
      "gen_ai.usage.output_tokens": 7,
      "gen_ai.usage.reasoning.output_tokens": 4,
      "gen_ai.usage.cache_read.input_tokens": 6,
      "gen_ai.usage.text.input_tokens": 13,
      "gen_ai.usage.audio.cache_read.input_tokens": 6,
    });
  });

  it("never says more reasoning than output, nor a sum other than the provider's total", () => {
    const tokens = fc.nat(100_000);
    fc.assert(
      fc.property(tokens, tokens, tokens, tokens, (prompt, toolUse, candidates, thoughts) => {
        const attributes: Attributes = {};
        putUsage(attributes, {
          promptTokenCount: prompt,
          toolUsePromptTokenCount: toolUse,
          candidatesTokenCount: candidates,
          thoughtsTokenCount: thoughts,
        });
        const input = Number(attributes["gen_ai.usage.input_tokens"]);
        const output = Number(attributes["gen_ai.usage.output_tokens"]);
        expect(input + output).toBe(prompt + toolUse + candidates + thoughts);
        expect(Number(attributes["gen_ai.usage.reasoning.output_tokens"])).toBeLessThanOrEqual(output);
      }),
    );
  });
});

describe("an error", () => {
  it.each([
    ["of an answer", '{"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT"}}', "INVALID_ARGUMENT"],
    ["within a stream", 'got status: UNAVAILABLE. {"error":{"code":503,"status":"UNAVAILABLE"}}', "UNAVAILABLE"],
    ["of an interaction", '400 {"error":{"code":"invalid_request","message":"no"}}', "invalid_request"],
    ["of another server", "Bad Gateway", undefined],
  ])("%s has the provider's code", (_name, message, type) => {
    expect(thrownFacts({ message, status: 400 })).toEqual({ type, statusCode: 400 });
  });
});
