import { describe, expect, it } from "vitest";
import { spanOf } from "../testing.ts";
import { nameInfo } from "./detect.ts";
import { createNormaliser, normaliseAttributes } from "./normalise.ts";
import { SPOKEN_DIALECTS, to } from "./out/speak.ts";

const openInference = (attributes: Readonly<Record<string, unknown>>) =>
  spanOf({
    attributes: { "openinference.span.kind": "LLM", ...attributes },
    instrumentationScope: { name: "@arizeai/openinference-instrumentation-openai" },
  });

/** Milliseconds of processor time to read a span of a size, the least of three spans: a busy machine takes none of it. */
function millis(make: (size: number) => Readonly<Record<string, unknown>>, size: number): number {
  const times = [0, 1, 2].map(() => {
    const span = openInference(make(size));
    const before = process.cpuUsage();
    normaliseAttributes(span);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

/** Names that were never seen before: what is remembered of names must not make the larger span look slower. */
let lastIndex = 0;

const MB = 1024 * 1024;
const DEEP = 200_000;

/** Values that somebody once sent, and some that nobody should. `size` is about how many characters they are. */
const HOSTILE: readonly (readonly [string, (size: number) => Readonly<Record<string, unknown>>])[] = [
  ["one text", (size) => ({ "llm.input_messages.0.message.content": "x".repeat(size) })],
  ["JSON that was cut", (size) => ({ "input.value": `{"messages":[{"content":"${"x".repeat(size)}` })],
  ["brackets", (size) => ({ "gen_ai.prompt": "[".repeat(size), "gen_ai.completion": '{"a":'.repeat(size / 5) })],
  ["a data URL in data URLs", (size) => ({ "gen_ai.prompt": JSON.stringify([image("data:,".repeat(size / 6))]) })],
  ["quotes and backslashes", (size) => ({ "gen_ai.completion": JSON.stringify('\\"'.repeat(size / 4)) })],
  [
    "flattened messages",
    (size) =>
      Object.fromEntries(
        Array.from({ length: size / 200 }, () => [`llm.input_messages.${++lastIndex}.message.content`, "x"]),
      ),
  ],
  ["a name", (size) => ({ [`gen_ai.prompt.${"0.".repeat(size / 2)}`]: "x" })],
  [
    "spaces",
    (size) => ({ "llm.token_count.prompt": " ".repeat(size), "gen_ai.usage.prompt_tokens": " ".repeat(size) }),
  ],
  ["commas", (size) => ({ "gen_ai.response.finish_reasons": ",".repeat(size) })],
  ["finish reasons in text", (size) => ({ "gen_ai.output.messages": `[${'"finish_reason",'.repeat(size / 16)}0]` })],
];

function image(url: string): object {
  return { role: "user", content: [{ type: "image_url", image_url: { url } }] };
}

describe("a hostile span", () => {
  it.each(HOSTILE)("with 10 MB of %s is read without an exception, and said in every dialect", (_name, make) => {
    expect(() => normaliseAttributes(openInference(make(10 * MB)))).not.toThrow();
    const span = openInference(make(MB));
    for (const dialect of SPOKEN_DIALECTS) expect(() => to(dialect)(span)).not.toThrow();
  });

  it.each(HOSTILE)("takes about eight times as long for eight times as many %s", (_name, make) => {
    const small = millis(make, MB / 4);
    expect(millis(make, 2 * MB)).toBeLessThan(Math.max(small, 2) * 40);
  });

  it.each([
    ["nested deeply", JSON.parse(`${"[".repeat(DEEP)}${"]".repeat(DEEP)}`)],
    ["a big integer", [{ role: "user", content: 5n }]],
    ["an exotic object", new Map([["role", "user"]])],
  ])("with a structured value that is %s keeps what it cannot read", (_name, value: unknown) => {
    const span = openInference({ "gen_ai.prompt": value, "llm.model_name": "m" });
    expect(normaliseAttributes(span)["gen_ai.request.model"]).toBe("m");
  });

  it("has its messages in order, whatever their indices", () => {
    const at = (index: string, content: string) => ({ [`llm.input_messages.${index}.message.content`]: content });
    const span = openInference({
      ...at("4294967295", "c"),
      ...at("2", "a"),
      ...at("10", "b"),
      ...at("99999999999999999999", "?"),
    });
    const attributes = normaliseAttributes(span);
    const messages = JSON.parse(String(attributes["gen_ai.input.messages"])) as readonly {
      parts: { content: string }[];
    }[];
    expect(messages.map(({ parts }) => parts[0]?.content)).toEqual(["a", "b", "c"]);
    expect(attributes).toHaveProperty(["llm.input_messages.99999999999999999999.message.content"], "?");
  });

  it("pollutes no prototype", () => {
    const attributes = JSON.parse('{"__proto__":{"polluted":1},"llm.model_name":"m"}') as Record<string, unknown>;
    const read = normaliseAttributes(openInference(attributes));
    expect(Object.hasOwn({}, "polluted")).toBe(false);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it("fills no memory with names that never come again", () => {
    for (let index = 0; index < 30_000; index++) nameInfo(`app.request.${index}`);
    expect(nameInfo("llm.model_name").marks).not.toBe(0);
  });
});

describe("a span of several dialects", () => {
  const attributes = {
    "langfuse.observation.type": "generation",
    "langfuse.observation.model.name": "of-langfuse",
    "openinference.span.kind": "LLM",
    "llm.model_name": "of-openinference",
  };

  it("has what the first in the order says, and the order is the user's", () => {
    const model = (normaliser: typeof normaliseAttributes) =>
      normaliser(spanOf({ attributes }))["gen_ai.request.model"];
    expect(model(normaliseAttributes)).toBe("of-langfuse");
    expect(model(createNormaliser({ order: ["openinference"] }))).toBe("of-openinference");
  });

  it("keeps its current attributes unless a dialect is preferred", () => {
    const span = spanOf({ attributes: { ...attributes, "gen_ai.request.model": "current" } });
    expect(normaliseAttributes(span)["gen_ai.request.model"]).toBe("current");
    expect(createNormaliser({ prefer: "dialect" })(span)["gen_ai.request.model"]).toBe("of-langfuse");
    expect(normaliseAttributes(span)).not.toHaveProperty(["llm.model_name"]);
  });

  it("never has counts of two dialects added", () => {
    const span = spanOf({
      attributes: { ...attributes, "llm.token_count.prompt": 5, "langfuse.observation.usage_details": '{"input":5}' },
    });
    expect(normaliseAttributes(span)["gen_ai.usage.input_tokens"]).toBe(5);
  });
});
