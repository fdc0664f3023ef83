import { describe, expect, it } from "vitest";
import type { Cassette } from "../../../support/cassettes.ts";
import { contentTexts, leakedTexts, stringsIn } from "../../recordings/content.ts";
import { mutated } from "../../recordings/mutate.ts";
import { notReplayed } from "../../recordings/replay.ts";
import {
  applicableAttributes,
  expectedFinishReasons,
  expectedIdentity,
  expectedUsage,
  unavailableAttributes,
} from "./expected.ts";
import { answerTexts, promptTexts } from "./texts.ts";

const cassette = (request: unknown, response: Cassette["response"]["body"], api = "chat.completions"): Cassette => ({
  id: "id",
  provider: "openai",
  api,
  tags: [],
  source: { repo: "", path: "", commit: "", license: "" },
  request: { method: "POST", host: "api.openai.com", path: "/v1/chat/completions", headers: {}, body: request },
  response: { status: 200, headers: {}, ...(Array.isArray(response) ? { sse: response } : { body: response }) },
});
const events = (...values: readonly unknown[]): readonly string[] =>
  values.map((value) => `data: ${JSON.stringify(value)}\n\n`);
const chat = cassette(
  { model: "gpt-5", temperature: 0, n: 1, seed: 3, messages: [{ role: "user", content: "Where is Bielefeld?" }] },
  {
    id: "chatcmpl-1",
    model: "gpt-5-2026",
    choices: [{ index: 0, finish_reason: "tool_calls", message: { role: "assistant", content: "Nobody knows." } }],
    usage: { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14, prompt_tokens_details: { cached_tokens: 2 } },
  },
);
const stream = cassette(
  { model: "gpt-5", stream: true, messages: [{ role: "user", content: "Count, please" }] },
  events(
    { id: "c", model: "m", choices: [{ index: 1, delta: { content: "one, " } }] },
    { id: "c", model: "m", choices: [{ index: 1, delta: { content: "two" }, finish_reason: "stop" }] },
    { id: "c", model: "m", choices: [{ index: 0, delta: { content: "cut off" } }] },
  ),
);

describe("what a recording says of its span", () => {
  it("reads usage, and knows where there is none", () => {
    expect(expectedUsage(chat)).toMatchObject({
      "gen_ai.usage.input_tokens": 10,
      "gen_ai.usage.output_tokens": 4,
      "gen_ai.usage.cache_read.input_tokens": 2,
      "gen_ai.usage.reasoning.output_tokens": undefined,
    });
    expect(unavailableAttributes(stream)).toContain("gen_ai.usage.input_tokens");
    expect(unavailableAttributes(chat)).not.toContain("gen_ai.usage.input_tokens");
  });

  it("adds reasoning to the output only where the provider counts it apart", () => {
    const usage = { prompt_tokens: 10, completion_tokens: 4, completion_tokens_details: { reasoning_tokens: 3 } };
    const output = (total_tokens: number): number | undefined =>
      expectedUsage(cassette({}, { usage: { ...usage, total_tokens } }))["gen_ai.usage.output_tokens"];
    expect(output(17)).toBe(7);
    expect(output(14)).toBe(4);
  });

  it("takes the usage of the last event", () => {
    const sse = events({ usage: { prompt_tokens: 1 } }, { response: { usage: { input_tokens: 9 } } });
    expect(expectedUsage(cassette({}, sse))["gen_ai.usage.input_tokens"]).toBe(9);
  });

  it("has a finish reason for each choice, error where none came", () => {
    expect(expectedFinishReasons(chat)).toEqual(["tool_call"]);
    expect(expectedFinishReasons(stream)).toEqual(["error", "stop"]);
    expect(expectedFinishReasons(cassette({}, { choices: [{ index: 0, finish_reason: "" }] }))).toBeUndefined();
  });

  it("knows the response's id and model, and which attributes the request makes applicable", () => {
    expect(expectedIdentity(chat)).toEqual({
      "gen_ai.response.id": "chatcmpl-1",
      "gen_ai.response.model": "gpt-5-2026",
    });
    expect([...applicableAttributes(chat)]).toEqual([
      "gen_ai.request.model",
      "gen_ai.request.seed",
      "gen_ai.request.temperature",
    ]);
  });
});

describe("the content of a recording", () => {
  it("is what was asked and answered, whole and in pieces", () => {
    expect(contentTexts(chat)).toEqual(["Where is Bielefeld?", "Nobody knows."]);
    expect(promptTexts(chat)).toEqual(["Where is Bielefeld?"]);
    expect(answerTexts(chat)).toEqual(["Nobody knows."]);
    expect(answerTexts(stream)).toEqual(["one, two", "cut off"]);
  });

  it("is found wherever it is in a span, also inside JSON text", () => {
    expect(leakedTexts(chat, JSON.stringify({ status: { message: "said: Nobody knows." } }))).toEqual([
      "Nobody knows.",
    ]);
    expect(leakedTexts(chat, JSON.stringify({ name: "chat gpt-5", model: "gpt-5-2026" }))).toEqual([]);
    const quoted = cassette({ prompt: 'say "hello" twice' }, {});
    expect(leakedTexts(quoted, JSON.stringify({ a: 'say "hello" twice' }))).toHaveLength(1);
  });

  it("is read out of JSON text at any depth", () => {
    expect(stringsIn('[{"parts":[{"content":"a"},{"arguments":{"b":"c"}}]}]')).toEqual(["a", "c"]);
  });
});

it("makes a different variant of a recording for each seed, and the same one for the same seed", () => {
  const variants = [1, 2, 3, 4, 5].map((seed) => JSON.stringify(mutated(stream, seed).response));
  expect(new Set(variants).size).toBeGreaterThan(3);
  expect(JSON.stringify(mutated(stream, 5).response)).toBe(variants[4]);
});

it("says why a recording is not replayed", () => {
  expect(notReplayed(chat)).toBeUndefined();
  expect(notReplayed({ ...chat, api: "messages" })).toContain("no client");
  expect(notReplayed({ ...chat, request: { ...chat.request, path: "/complete" } })).toContain("/complete");
});
