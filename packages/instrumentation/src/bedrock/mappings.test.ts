import { inputMessagesSchema, outputMessagesSchema, systemInstructionsSchema } from "@genspan/semconv/messages";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { converseInput, converseRequest } from "./converse-request.ts";
import { converseOutput, converseResponse } from "./converse-response.ts";
import { converseStream } from "./converse-stream.ts";
import { finishReason } from "./finish-reason.ts";
import { operationOf, thrownFacts } from "./smithy.ts";

const bytes = new Uint8Array([1, 2, 3]);
const partsOf = (...content: readonly object[]): readonly unknown[] => {
  const { messages = [] } = converseInput({ messages: [{ role: "user", content }] });
  expect(() => inputMessagesSchema.parse(JSON.parse(JSON.stringify(messages)))).not.toThrow();
  return messages[0]?.parts ?? [];
};

describe("a content block", () => {
  it.each([
    ["text", { text: "Hi" }, [{ type: "text", content: "Hi" }]],
    [
      "an image of bytes",
      { image: { format: "png", source: { bytes } } },
      [{ type: "blob", modality: "image", mime_type: "image/png", content: "AQID" }],
    ],
    [
      "a video in S3",
      { video: { format: "mp4", source: { s3Location: { uri: "s3://b/k" } } } },
      [{ type: "uri", modality: "video", mime_type: "video/mp4", uri: "s3://b/k" }],
    ],
    [
      "a document of bytes",
      { document: { name: "a", format: "pdf", source: { bytes } } },
      [{ type: "blob", modality: "document", mime_type: "application/pdf", name: "a", content: "AQID" }],
    ],
    [
      "a document of text",
      { document: { name: "a", source: { text: "words" } } },
      [{ type: "text", content: "words", name: "a" }],
    ],
    [
      "a document of chunks",
      { document: { name: "a", source: { content: [{ text: "one" }, { text: "two" }] } } },
      [
        { type: "text", content: "one", name: "a" },
        { type: "text", content: "two", name: "a" },
      ],
    ],
    [
      "reasoning",
      { reasoningContent: { reasoningText: { text: "so", signature: "s" } } },
      [{ type: "reasoning", content: "so" }],
    ],
    [
      "redacted reasoning",
      { reasoningContent: { redactedContent: bytes } },
      [{ type: "redacted_reasoning", data: "AQID" }],
    ],
    [
      "a tool call",
      { toolUse: { toolUseId: "t", name: "f", input: { a: 1 } } },
      [{ type: "tool_call", id: "t", name: "f", arguments: { a: 1 } }],
    ],
    [
      "a call of Bedrock's own tool",
      { toolUse: { toolUseId: "t", name: "f", input: { a: 1 }, type: "server_tool_use" } },
      [{ type: "server_tool_call", id: "t", name: "f", server_tool_call: { type: "f", input: { a: 1 } } }],
    ],
    [
      "a tool's answer in JSON",
      { toolResult: { toolUseId: "t", content: [{ json: { ok: true } }] } },
      [{ type: "tool_call_response", id: "t", response: { ok: true } }],
    ],
    [
      "a tool's answer in several texts",
      { toolResult: { toolUseId: "t", content: [{ text: "a" }, { text: "b" }] } },
      [{ type: "tool_call_response", id: "t", response: "ab" }],
    ],
    [
      "guarded text",
      { guardContent: { text: { text: "Hi", qualifiers: ["query"] } } },
      [{ type: "text", content: "Hi" }],
    ],
    [
      "text with citations",
      { citationsContent: { content: [{ text: "Hi" }], citations: [{ title: "T" }] } },
      [{ type: "text", content: "Hi", citations: [{ title: "T" }] }],
    ],
    ["a cache point, which says nothing", { cachePoint: { type: "default" } }, []],
    ["text beside a cache point, as Nova takes it", { text: "Hi", cachePoint: {} }, [{ type: "text", content: "Hi" }]],
    [
      "a block that the client does not know",
      { $unknown: ["newBlock", { a: 1 }] },
      [{ type: "newBlock", content: { a: 1 } }],
    ],
    [
      "a block that nobody knew here",
      { toolAddition: { tool: {} } },
      [{ type: "toolAddition", content: { tool: {} } }],
    ],
  ])("is %s", (_name, block, parts) => {
    expect(partsOf(block)).toEqual(parts);
  });

  it("that answers a tool makes its message one of role tool, where nothing else is in it", () => {
    const answer = { toolResult: { toolUseId: "t", content: [{ text: "a" }] } };
    const roleOf = (...content: readonly object[]): unknown =>
      converseInput({ messages: [{ role: "user", content }] }).messages?.[0]?.role;
    expect(roleOf(answer)).toBe("tool");
    expect(roleOf(answer, { text: "and?" })).toBe("user");
  });
});

it("reads parameters of Converse, of the model's own words, and of the guardrail", () => {
  const attributes = converseRequest({
    inferenceConfig: { maxTokens: 5, temperature: 0.5, topP: 0.9, stopSequences: ["|"] },
    additionalModelRequestFields: { top_k: 7, output_config: { effort: "high" } },
    guardrailConfig: { guardrailIdentifier: "g" },
    outputConfig: { textFormat: { type: "json_schema" } },
  });
  expect(attributes).toEqual({
    "gen_ai.request.max_tokens": 5,
    "gen_ai.request.temperature": 0.5,
    "gen_ai.request.top_p": 0.9,
    "gen_ai.request.top_k": 7,
    "gen_ai.request.stop_sequences": ["|"],
    "gen_ai.request.reasoning.level": "high",
    "gen_ai.output.type": "json",
    "aws.bedrock.guardrail.id": "g",
  });
});

it("reads system texts and the tools of the application and of Bedrock", () => {
  const toolSpec = { name: "f", description: "d", inputSchema: { json: { type: "object" } } };
  const { system, tools } = converseInput({
    system: [{ text: "Be brief." }, { cachePoint: {} }],
    toolConfig: { tools: [{ toolSpec }, { systemTool: { name: "nova_grounding" } }, { cachePoint: {} }] },
  });
  expect(systemInstructionsSchema.parse(system)).toEqual([{ type: "text", content: "Be brief." }]);
  expect(tools).toEqual([
    { type: "function", name: "f", description: "d", parameters: { type: "object" } },
    { type: "system_tool", name: "nova_grounding" },
  ]);
});

describe("a stream", () => {
  const fold = (events: readonly object[], content = true): unknown => {
    const made = converseStream(content);
    for (const event of events) made.add(event);
    return made.response();
  };
  const delta = (contentBlockIndex: number, value: object): object => ({
    contentBlockDelta: { contentBlockIndex, delta: value },
  });

  it("is folded into what Converse returns, with every kind of block", () => {
    const response = fold([
      { messageStart: { role: "assistant" } },
      delta(0, { reasoningContent: { text: "th" } }),
      delta(0, { reasoningContent: { text: "ink" } }),
      delta(0, { reasoningContent: { signature: "s" } }),
      delta(1, { text: "Hel" }),
      delta(1, { text: "lo" }),
      delta(2, { text: "cited" }),
      delta(2, { citation: { title: "T" } }),
      { contentBlockStart: { contentBlockIndex: 3, start: { toolUse: { toolUseId: "t", name: "f" } } } },
      delta(3, { toolUse: { input: '{"a":' } }),
      delta(3, { toolUse: { input: "1}" } }),
      { contentBlockStart: { contentBlockIndex: 4, start: { toolUse: { toolUseId: "u", name: "g" } } } },
      { contentBlockStart: { contentBlockIndex: 5, start: { image: { format: "png" } } } },
      delta(5, { image: { source: { bytes } } }),
      { messageStop: { stopReason: "tool_use" } },
      {
        metadata: {
          usage: { inputTokens: 2, outputTokens: 3, totalTokens: 5 },
          trace: { promptRouter: { invokedModelId: "m" } },
        },
      },
    ]);
    expect(outputMessagesSchema.parse(converseOutput(response))[0]?.parts).toEqual([
      { type: "reasoning", content: "think" },
      { type: "text", content: "Hello" },
      { type: "text", content: "cited", citations: [{ title: "T" }] },
      { type: "tool_call", id: "t", name: "f", arguments: { a: 1 } },
      { type: "tool_call", id: "u", name: "g", arguments: {} },
      { type: "blob", modality: "image", mime_type: "image/png", content: "AQID" },
    ]);
    expect(converseResponse(response)).toEqual({
      "gen_ai.response.model": "m",
      "gen_ai.response.finish_reasons": ["tool_call"],
      "gen_ai.usage.input_tokens": 2,
      "gen_ai.usage.output_tokens": 3,
    });
  });

  it("that broke off has the finish reason error, and keeps what was said", () => {
    const response = fold([delta(0, { text: "Hel" })]);
    expect(converseResponse(response)).toEqual({ "gen_ai.response.finish_reasons": ["error"] });
    expect(converseOutput(response)[0]?.parts).toEqual([{ type: "text", content: "Hel" }]);
  });

  it("keeps no text where content is not captured", () => {
    expect(JSON.stringify(fold([delta(0, { text: "secret" })], false))).not.toContain("secret");
  });
});

it("counts cached tokens as input, and never more of them than input, whatever the figures", () => {
  const count = fc.option(fc.nat(), { nil: undefined });
  fc.assert(
    fc.property(
      count,
      count,
      count,
      count,
      (inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens) => {
        const usage = { inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens };
        const attributes = converseResponse({ usage });
        const tokens = (name: string): number => Number(attributes[`gen_ai.usage.${name}_tokens`] ?? 0);
        const cached = tokens("cache_read.input") + tokens("cache_write.input");
        expect(cached).toBeLessThanOrEqual(tokens("input"));
        if (inputTokens !== undefined) expect(tokens("input")).toBe(inputTokens + cached);
      },
    ),
  );
});

it.each([
  ["end_turn", "stop"],
  ["max_tokens", "length"],
  ["tool_use", "tool_call"],
  ["guardrail_intervened", "content_filter"],
  ["content_filtered", "content_filter"],
  ["malformed_tool_use", "malformed_tool_use"],
  ["FINISH", "stop"],
  [undefined, "error"],
])("the stop reason %s is %s", (given, expected) => {
  expect(finishReason(given)).toBe(expected);
});

describe("a command", () => {
  class ConverseCommand {
    readonly input = {};
  }
  it("is known by its operation's schema, or by the name of its class", () => {
    expect(operationOf({ input: {}, schema: [9, "com.amazonaws.bedrockruntime", "InvokeModel"] })).toBe("InvokeModel");
    expect(operationOf(new ConverseCommand())).toBe("Converse");
    expect(operationOf({})).toBeUndefined();
    expect(operationOf("Converse")).toBeUndefined();
  });
});

it("takes code, status and request id from an exception of the service, and nothing from others", () => {
  const exception = Object.assign(new Error("slow down"), {
    name: "ThrottlingException",
    $fault: "client",
    $metadata: { httpStatusCode: 429, requestId: "r" },
  });
  expect(thrownFacts(exception)).toEqual({ type: "ThrottlingException", statusCode: 429, requestId: "r" });
  expect(thrownFacts(new TypeError("no"))).toEqual({});
});
