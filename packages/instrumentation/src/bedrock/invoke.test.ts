import { outputMessagesSchema } from "@genspan/semconv/messages";
import { describe, expect, it } from "vitest";
import type { MethodAdapter } from "../adapter.ts";
import { invokeMethodOf } from "./invoke.ts";

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function methodOf(modelId: string, body: unknown, isStreaming = false): MethodAdapter {
  const method = invokeMethodOf({ modelId, body: encode(body) }, isStreaming);
  if (method === undefined) throw new Error("no method");
  return method;
}

function answered(modelId: string, body: unknown, answer: unknown): Record<string, unknown> {
  const method = methodOf(modelId, body);
  const { response } = method.unpack?.({ body: encode(answer) }) ?? {};
  const output = method.output?.(response);
  if (output !== undefined) outputMessagesSchema.parse(JSON.parse(JSON.stringify(output)));
  return { operation: method.operation, ...method.response(response), texts: textsOf(output) };
}

function streamed(modelId: string, body: unknown, chunks: readonly object[], content = true): Record<string, unknown> {
  const method = methodOf(modelId, body, true);
  const fold = method.stream?.(content);
  for (const chunk of chunks) fold?.add({ chunk: { bytes: encode(chunk) } });
  const response = fold?.response();
  return { ...method.response(response), texts: textsOf(method.output?.(response)) };
}

function textsOf(output: ReturnType<NonNullable<MethodAdapter["output"]>> | undefined): readonly unknown[] {
  return (output ?? []).flatMap(({ parts }) => parts.map((part) => ("content" in part ? part.content : part.type)));
}

const prompt = { prompt: "Hi" };
const messages = { messages: [{ role: "user", content: "Hi" }] };
const metrics = { "amazon-bedrock-invocationMetrics": { inputTokenCount: 4, outputTokenCount: 2 } };
const usage = (input: number, output: number): object => ({
  "gen_ai.usage.input_tokens": input,
  "gen_ai.usage.output_tokens": output,
});
const stop = { "gen_ai.response.finish_reasons": ["stop"] };

describe("an answer to InvokeModel", () => {
  it.each([
    [
      "Llama",
      "meta.llama3-8b-instruct-v1:0",
      prompt,
      { generation: "Yo", prompt_token_count: 4, generation_token_count: 2, stop_reason: "stop" },
      { operation: "text_completion", ...stop, ...usage(4, 2), texts: ["Yo"] },
    ],
    [
      "Mistral",
      "mistral.mistral-7b-instruct-v0:2",
      prompt,
      { outputs: [{ text: "Yo", stop_reason: "length" }] },
      { operation: "text_completion", "gen_ai.response.finish_reasons": ["length"], texts: ["Yo"] },
    ],
    [
      "Mistral's chat",
      "mistral.mistral-large-2407-v1:0",
      messages,
      { choices: [{ index: 0, message: { role: "assistant", content: "Yo" }, stop_reason: "tool_calls" }] },
      { operation: "chat", "gen_ai.response.finish_reasons": ["tool_call"], texts: ["Yo"] },
    ],
    [
      "Cohere Command",
      "cohere.command-text-v14",
      prompt,
      { id: "r", generations: [{ id: "g", text: "Yo", finish_reason: "COMPLETE" }] },
      { operation: "text_completion", "gen_ai.response.id": "r", ...stop, texts: ["Yo"] },
    ],
    [
      "Cohere Command R",
      "cohere.command-r-v1:0",
      { message: "Hi" },
      { response_id: "r", text: "Yo", finish_reason: "COMPLETE" },
      { operation: "chat", "gen_ai.response.id": "r", ...stop, texts: ["Yo"] },
    ],
    [
      "Cohere Embed",
      "cohere.embed-english-v3",
      { texts: ["Hi"], input_type: "search_query" },
      { id: "r", embeddings: [[0.1, 0.2]] },
      { operation: "embeddings", "gen_ai.embeddings.dimension.count": 2, texts: [] },
    ],
    [
      "Titan's embeddings",
      "amazon.titan-embed-text-v2:0",
      { inputText: "Hi" },
      { embedding: [0.1, 0.2, 0.3], inputTextTokenCount: 3 },
      { operation: "embeddings", "gen_ai.embeddings.dimension.count": 3, "gen_ai.usage.input_tokens": 3, texts: [] },
    ],
    [
      "AI21 Jamba",
      "ai21.jamba-1-5-mini-v1:0",
      messages,
      {
        id: "r",
        choices: [{ message: { content: "Yo" }, finish_reason: "stop" }],
        usage: { prompt_tokens: 4, completion_tokens: 2 },
      },
      { operation: "chat", "gen_ai.response.id": "r", ...stop, ...usage(4, 2), texts: ["Yo"] },
    ],
    [
      "AI21 Jurassic",
      "ai21.j2-mid-v1",
      prompt,
      {
        id: 7,
        prompt: { tokens: [1, 2] },
        completions: [{ data: { text: "Yo", tokens: [1] }, finishReason: { reason: "endoftext" } }],
      },
      { operation: "text_completion", "gen_ai.response.id": "7", ...stop, ...usage(2, 1), texts: ["Yo"] },
    ],
    [
      "DeepSeek",
      "us.deepseek.r1-v1:0",
      prompt,
      { choices: [{ text: "Yo", stop_reason: "stop" }] },
      { operation: "text_completion", ...stop, texts: ["Yo"] },
    ],
    [
      "Llama, behind the ARN of an inference profile",
      "arn:aws:bedrock:us-east-1:1:application-inference-profile/x",
      prompt,
      { generation: "Yo", prompt_token_count: 4, generation_token_count: 2, stop_reason: "stop" },
      { operation: "text_completion", ...stop, ...usage(4, 2), texts: ["Yo"] },
    ],
    [
      "Anthropic, behind the ARN of an inference profile",
      "arn:aws:bedrock:us-east-1:1:application-inference-profile/x",
      { anthropic_version: "bedrock-2023-05-31", ...messages },
      {
        id: "m",
        model: "claude",
        content: [
          { type: "thinking", thinking: "so" },
          { type: "text", text: "Yo" },
          { type: "redacted_thinking", data: "x" },
        ],
        stop_reason: "end_turn",
        usage: { input_tokens: 4, cache_read_input_tokens: 3, cache_creation_input_tokens: 2, output_tokens: 1 },
      },
      {
        operation: "chat",
        "gen_ai.response.id": "m",
        "gen_ai.response.model": "claude",
        ...stop,
        ...usage(9, 1),
        "gen_ai.usage.cache_read.input_tokens": 3,
        "gen_ai.usage.cache_write.input_tokens": 2,
        texts: ["so", "Yo", "redacted_reasoning"],
      },
    ],
    [
      "an image model",
      "amazon.nova-canvas-v1:0",
      { taskType: "TEXT_IMAGE", textToImageParams: { text: "a cat" } },
      { images: ["AQID"] },
      { operation: "generate_image", texts: ["AQID"] },
    ],
    [
      "a model that nobody knew here",
      "new.model-v1",
      { question: "Hi" },
      { answer: 42 },
      { operation: "generate_content", texts: [] },
    ],
    [
      "a model stopped by a guardrail",
      "new.model-v1",
      { question: "Hi" },
      { "amazon-bedrock-guardrailAction": "INTERVENED" },
      { operation: "generate_content", "gen_ai.response.finish_reasons": ["content_filter"], texts: [] },
    ],
  ])("of %s is read", (_name, modelId, body, answer, expected) => {
    expect(answered(modelId, body, answer)).toEqual(expected);
  });

  it("that is no JSON leaves a span without its facts", () => {
    const method = methodOf("meta.llama3-8b-instruct-v1:0", prompt);
    expect(method.response(method.unpack?.({ body: new Uint8Array([255]) }).response)).toEqual({});
  });
});

describe("a streamed answer", () => {
  it.each([
    [
      "Llama, counted by the model",
      "meta.llama3-8b-instruct-v1:0",
      prompt,
      [
        { generation: "Y", prompt_token_count: 4, generation_token_count: 1, stop_reason: null },
        { generation: "o", prompt_token_count: null, generation_token_count: 2, stop_reason: "stop", ...metrics },
      ],
    ],
    [
      "Mistral, counted by Bedrock",
      "mistral.mistral-7b-instruct-v0:2",
      prompt,
      [{ outputs: [{ text: "Y", stop_reason: null }] }, { outputs: [{ text: "o", stop_reason: "stop" }], ...metrics }],
    ],
    [
      "Titan",
      "amazon.titan-text-express-v1",
      { inputText: "Hi" },
      [
        { outputText: "Y", inputTextTokenCount: 4 },
        { outputText: "o", totalOutputTextTokenCount: 2, completionReason: "FINISH" },
      ],
    ],
    [
      "Cohere Command",
      "cohere.command-text-v14",
      prompt,
      [{ text: "Y", is_finished: false }, { text: "o" }, { is_finished: true, finish_reason: "COMPLETE", ...metrics }],
    ],
    [
      "Mistral's chat",
      "mistral.mistral-large-2407-v1:0",
      messages,
      [
        { choices: [{ index: 0, message: { role: "assistant", content: "Y" }, stop_reason: null }] },
        { choices: [{ index: 0, message: { role: "assistant", content: "o" }, stop_reason: "stop" }], ...metrics },
      ],
    ],
    [
      "Nova, each piece a block of its own",
      "amazon.nova-lite-v1:0",
      { messages: [{ role: "user", content: [{ text: "Hi" }] }] },
      [
        { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Y" } } },
        { contentBlockStop: { contentBlockIndex: 0 } },
        { contentBlockDelta: { contentBlockIndex: 1, delta: { text: "o" } } },
        { messageStop: { stopReason: "end_turn" } },
        { metadata: { usage: { inputTokens: 4, outputTokens: 2 } } },
      ],
    ],
  ])("of %s says the same", (_name, modelId, body, chunks) => {
    const said = { ...stop, ...usage(4, 2) };
    expect(streamed(modelId, body, chunks)).toEqual({ ...said, texts: ["Yo"] });
    expect(streamed(modelId, body, chunks, false)).toMatchObject(said);
  });

  it("of an unknown model has what Bedrock counted", () => {
    expect(streamed("new.model-v1", { question: "Hi" }, [{ piece: 1 }, metrics])).toEqual({
      ...usage(4, 2),
      texts: [],
    });
  });
});

it("neither consumes nor changes the request's body", () => {
  const body = encode({ ...prompt, max_gen_len: 5 });
  const copy = body.slice();
  const input = { modelId: "meta.llama3-8b-instruct-v1:0", body };
  const method = invokeMethodOf(input, false);
  const request = method?.body?.([{ input }]);
  expect(request).toEqual({ modelId: input.modelId, body: { prompt: "Hi", max_gen_len: 5 } });
  expect(input.body).toBe(body);
  expect(body).toEqual(copy);
});
