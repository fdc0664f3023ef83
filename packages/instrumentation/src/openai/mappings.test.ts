import { describe, expect, it } from "vitest";
import type { MethodAdapter } from "../adapter.ts";
import { providerOfHost, selfHosted } from "../openai-protocol/provider.ts";
import { openai } from "./index.ts";

function method(path: string): MethodAdapter {
  const found = openai.methods[path];
  if (found === undefined) throw new Error(`no method ${path}`);
  return found;
}
const chat = method("Chat.Completions.create");

function fold(adapter: MethodAdapter, chunks: readonly unknown[], content = true): unknown {
  const made = adapter.stream?.(content);
  for (const chunk of chunks) made?.add(chunk);
  return made?.response();
}

describe("chat request", () => {
  it.each([
    ["newer limit", { max_completion_tokens: 5, max_tokens: 9 }, { "gen_ai.request.max_tokens": 5 }],
    ["one stop", { stop: "END" }, { "gen_ai.request.stop_sequences": ["END"] }],
    ["several stops", { stop: ["a", "b"] }, { "gen_ai.request.stop_sequences": ["a", "b"] }],
    ["one choice", { n: 1 }, {}],
    ["two choices", { n: 2 }, { "gen_ai.request.choice.count": 2 }],
    ["automatic tier", { service_tier: "auto" }, {}],
    ["chosen tier", { service_tier: "flex" }, { "openai.request.service_tier": "flex" }],
    ["reasoning", { reasoning_effort: "high" }, { "gen_ai.request.reasoning.level": "high" }],
    ["reasoning of OpenRouter", { reasoning: { effort: "low" } }, { "gen_ai.request.reasoning.level": "low" }],
    ["text", { response_format: { type: "text" } }, { "gen_ai.output.type": "text" }],
    ["json", { response_format: { type: "json_schema" } }, { "gen_ai.output.type": "json" }],
    ["speech", { modalities: ["text", "audio"] }, { "gen_ai.output.type": "speech" }],
    ["nulls are absent", { temperature: null, stop: null, seed: null, service_tier: null }, {}],
  ])("%s", (_name, body, expected) => {
    expect(chat.request(body)).toEqual({ "openai.api.type": "chat_completions", ...expected });
  });
});

describe("chat messages", () => {
  it.each([
    ["developer is system", { role: "developer", content: "d" }, { role: "system", parts: [text("d")] }],
    ["name", { role: "user", name: "Ann", content: "u" }, { role: "user", name: "Ann", parts: [text("u")] }],
    [
      "image by URL",
      { role: "user", content: [{ type: "image_url", image_url: { url: "https://x/y.png" } }] },
      { role: "user", parts: [{ type: "uri", modality: "image", uri: "https://x/y.png" }] },
    ],
    [
      "audio",
      { role: "user", content: [{ type: "input_audio", input_audio: { data: "AAA", format: "mp3" } }] },
      { role: "user", parts: [{ type: "blob", modality: "audio", mime_type: "audio/mp3", content: "AAA" }] },
    ],
    [
      "file by id",
      { role: "user", content: [{ type: "file", file: { file_id: "f" } }] },
      { role: "user", parts: [{ type: "file", modality: "document", file_id: "f" }] },
    ],
    [
      "file by content",
      { role: "user", content: [{ type: "file", file: { file_data: "data:application/pdf;base64,QQ==" } }] },
      { role: "user", parts: [{ type: "blob", modality: "document", mime_type: "application/pdf", content: "QQ==" }] },
    ],
    [
      "part that is not known",
      { role: "user", content: [{ type: "hologram", at: 1 }] },
      { role: "user", parts: [{ type: "hologram", at: 1 }] },
    ],
    [
      "part whose type the conventions use otherwise",
      { role: "user", content: [{ type: "blob", at: 1 }] },
      { role: "user", parts: [{ type: "openai.blob", at: 1 }] },
    ],
    [
      "tool call",
      { role: "assistant", content: null, tool_calls: [call("c", "f", '{"a":1}')] },
      { role: "assistant", parts: [{ type: "tool_call", id: "c", name: "f", arguments: { a: 1 } }] },
    ],
    [
      "tool call whose arguments are cut short",
      { role: "assistant", tool_calls: [call("c", "f", '{"a":')] },
      { role: "assistant", parts: [{ type: "tool_call", id: "c", name: "f", arguments: '{"a":' }] },
    ],
    [
      "custom tool call",
      { role: "assistant", tool_calls: [{ id: "c", type: "custom", custom: { name: "f", input: "raw" } }] },
      { role: "assistant", parts: [{ type: "tool_call", id: "c", name: "f", arguments: "raw" }] },
    ],
    [
      "tool answer in parts",
      {
        role: "tool",
        tool_call_id: "c",
        content: [
          { type: "text", text: "4" },
          { type: "text", text: "2" },
        ],
      },
      { role: "tool", parts: [{ type: "tool_call_response", id: "c", response: "42" }] },
    ],
    [
      "reasoning of other services",
      { role: "assistant", reasoning_content: "hm", content: "yes" },
      { role: "assistant", parts: [{ type: "reasoning", content: "hm" }, text("yes")] },
    ],
    [
      "earlier speech of the model",
      { role: "assistant", audio: { id: "audio_1" } },
      { role: "assistant", parts: [{ type: "file", modality: "audio", file_id: "audio_1" }] },
    ],
  ])("%s", (_name, message, expected) => {
    expect(chat.input?.({ messages: [message] }).messages).toEqual([expected]);
  });
});

describe("chat tools", () => {
  const parameters = { type: "object" };
  it.each([
    ["a function", { type: "function", function: { name: "f", description: "d", parameters, strict: true } }],
    ["a function written flat", { type: "function", name: "f", description: "d", parameters }],
  ])("%s", (_name, tool) => {
    const expected = { type: "function", name: "f", description: "d", parameters };
    expect(chat.input?.({ messages: [], tools: [tool] }).tools).toEqual([expected]);
  });

  it.each([
    [
      "a custom tool",
      { type: "custom", custom: { name: "f", format: { type: "text" } } },
      { type: "custom", name: "f", format: { type: "text" } },
    ],
    [
      "a tool that another service runs",
      { type: "openrouter:advisor", parameters: { model: "m" } },
      { type: "openrouter:advisor", name: "openrouter:advisor", parameters: { model: "m" } },
    ],
  ])("%s", (_name, tool, expected) => {
    expect(chat.input?.({ messages: [], tools: [tool] }).tools).toEqual([expected]);
  });
});

describe("chat usage", () => {
  it.each([
    [
      "xAI counts reasoning apart from output",
      { prompt_tokens: 1, completion_tokens: 2, total_tokens: 6, completion_tokens_details: { reasoning_tokens: 3 } },
      { "gen_ai.usage.output_tokens": 5 },
    ],
    [
      "OpenAI counts it as output",
      { prompt_tokens: 1, completion_tokens: 5, total_tokens: 6, completion_tokens_details: { reasoning_tokens: 3 } },
      { "gen_ai.usage.output_tokens": 5 },
    ],
    [
      "DeepSeek's cache hits",
      { prompt_tokens: 9, prompt_cache_hit_tokens: 4 },
      { "gen_ai.usage.cache_read.input_tokens": 4 },
    ],
    ["OpenRouter's cost", { prompt_tokens: 9, cost: 0.5 }, { "genspan.cost.usd": 0.5 }],
    ["Perplexity's cost", { prompt_tokens: 9, cost: { total_cost: 0.5 } }, { "genspan.cost.usd": 0.5 }],
  ])("%s", (_name, usage, expected) => {
    expect(chat.response({ usage })).toMatchObject(expected);
  });

  it("does not make up numbers", () => {
    expect(chat.response({ usage: { prompt_tokens: "9" } })).toEqual({});
    expect(chat.response({ usage: { prompt_tokens: 1.5, completion_tokens: -1, total_tokens: 1e308 } })).toEqual({});
    expect(chat.response({ usage: null })).toEqual({});
  });
});

describe("chat finish reasons", () => {
  it.each([
    ["one each, in order", [{ finish_reason: "stop" }, { finish_reason: "tool_calls" }], ["stop", "tool_call"]],
    ["one that never came", [{ finish_reason: "length" }, { finish_reason: null }], ["length", "error"]],
    ["unknown ones pass through", [{ finish_reason: "odd" }], ["odd"]],
    ["none at all in a whole answer", [{ finish_reason: "" }], undefined],
  ])("%s", (_name, choices, expected) => {
    expect(chat.response({ choices })["gen_ai.response.finish_reasons"]).toEqual(expected);
  });

  it("are errors in a stream that broke off, one for each choice", () => {
    const response = fold(chat, [{ choices: [{ index: 1, delta: { content: "x" } }] }], false);
    expect(chat.response(response)["gen_ai.response.finish_reasons"]).toEqual(["error", "error"]);
    expect(chat.response(fold(chat, []))["gen_ai.response.finish_reasons"]).toEqual(["error"]);
  });
});

describe("chat stream", () => {
  it("puts parallel tool calls together, also where the name comes with every chunk", () => {
    const delta = (index: number, id: string | undefined, json: string) => ({
      choices: [{ index: 0, delta: { tool_calls: [{ index, id, function: { name: `f${index}`, arguments: json } }] } }],
    });
    const response = fold(chat, [delta(0, "a", '{"x"'), delta(1, "b", "{}"), delta(0, undefined, ":1}")]);
    expect(chat.output?.(response)).toEqual([
      {
        role: "assistant",
        parts: [
          { type: "tool_call", id: "a", name: "f0", arguments: { x: 1 } },
          { type: "tool_call", id: "b", name: "f1", arguments: {} },
        ],
      },
    ]);
  });

  it("puts refusal, reasoning and speech together", () => {
    const chunk = (delta: object) => ({ choices: [{ index: 0, delta }] });
    const response = fold(chat, [
      chunk({ reasoning: "h" }),
      chunk({ reasoning: "m" }),
      chunk({ refusal: "no" }),
      chunk({ audio: { id: "a", transcript: "by", data: "QQ" } }),
      chunk({ audio: { transcript: "e", data: "==" } }),
    ]);
    expect(chat.output?.(response)[0]?.parts).toEqual([
      { type: "reasoning", content: "hm" },
      { type: "refusal", content: "no" },
      text("bye"),
      { type: "blob", modality: "audio", content: "QQ==" },
    ]);
  });

  it("takes no notice of what is no chunk", () => {
    expect(() => fold(chat, [null, "x", 1, [], { choices: "x" }, { choices: [null, 1] }])).not.toThrow();
  });
});

describe("provider", () => {
  it.each([
    ["api.openai.com", "openai"],
    ["my.openai.azure.com", "azure.ai.openai"],
    ["api.groq.com", "groq"],
    ["api.x.ai", "x_ai"],
    ["notx.ai.example", "openai"],
    ["max.ai", "openai"],
    ["api.mistral.ai", "mistral_ai"],
    ["generativelanguage.googleapis.com", "gcp.gemini"],
    ["us-central1-aiplatform.googleapis.com", "gcp.vertex_ai"],
    ["bedrock-runtime.us-east-1.amazonaws.com", "aws.bedrock"],
    ["openrouter.ai", "openrouter"],
    ["localhost", "openai"],
    ["", "openai"],
  ])("of %s is %s", (host, provider) => {
    expect(providerOfHost(host, "openai")).toBe(provider);
  });

  it.each([
    ["http://localhost:11434/v1", "ollama"],
    ["http://127.0.0.1:1234/v1", "lm_studio"],
    ["http://10.1.2.3:8000/v1", "vllm"],
    ["http://vllm:80/v1", "vllm"],
    ["http://my-vllm.models.svc.cluster.local/v1", "vllm"],
    ["http://lm-studio.local:9000/v1", "lm_studio"],
    ["http://ollama.internal/v1", "ollama"],
    ["http://localhost:4000/v1", undefined],
    ["http://[::1]:8000/v1", "vllm"],
    ["https://vllm.example.com:8000/v1", undefined],
    ["https://11.0.0.1:8000/v1", undefined],
  ])("of a server of one's own at %s is %s", (url, provider) => {
    const baseUrl = new URL(url);
    expect(selfHosted(baseUrl.hostname, baseUrl)).toBe(provider);
  });

  it.each([
    ["https://r.services.ai.azure.com/openai/v1", "azure.ai.openai"],
    ["https://r.services.ai.azure.com/models", "azure.ai.inference"],
  ])("of the Azure resource %s is %s", (url, provider) => {
    const baseUrl = new URL(url);
    expect(providerOfHost(baseUrl.hostname, "openai", baseUrl)).toBe(provider);
  });
});

function text(content: string): { type: string; content: string } {
  return { type: "text", content };
}

function call(id: string, name: string, json: string): object {
  return { id, type: "function", function: { name, arguments: json } };
}
