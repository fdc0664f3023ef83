import { inspect } from "node:util";
import type { ReadableSpanLike, RedactionOptions } from "@genspan/mapping";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { afterEach, describe, expect, it } from "vitest";
import type { DeadLetter } from "./delivery/dead-letters.ts";
import { custom, memory } from "./destinations/spans.ts";
import { vendorDestination } from "./destinations/vendor.ts";
import { startSdk } from "./testing/parts.ts";

const KEY = ["sk", "proj", "Zk3vT9qLm2XbR7wYc5NdA1eHf8GjU4sP"].join("-");
const CORE = KEY.slice(8);
const PROMPT = "the patient's diagnosis";

afterEach(() => diag.disable());

function listen(): string[] {
  const logged: string[] = [];
  const log = (...parts: readonly unknown[]) => void logged.push(parts.map(String).join(" "));
  diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log }, DiagLogLevel.ALL);
  return logged;
}

/** What the same prompt looks like in other conventions. */
const dialects: Readonly<Record<string, { attributes: Record<string, string>; event?: Record<string, string> }>> = {
  OpenInference: {
    attributes: {
      "openinference.span.kind": "LLM",
      "llm.model_name": "gpt-4o",
      "llm.input_messages.0.message.role": "user",
      "llm.input_messages.0.message.content": PROMPT,
      "input.value": PROMPT,
    },
  },
  OpenLLMetry: {
    attributes: {
      "llm.request.type": "chat",
      "gen_ai.system": "OpenAI",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.prompt.0.role": "user",
      "gen_ai.prompt.0.content": PROMPT,
    },
  },
  "events of the conventions 1.28": {
    attributes: { "gen_ai.system": "openai", "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o" },
    event: { "gen_ai.system": "openai", content: PROMPT },
  },
  "the Vercel AI SDK": {
    attributes: {
      "operation.name": "ai.generateText.doGenerate",
      "ai.operationId": "ai.generateText.doGenerate",
      "ai.model.id": "gpt-4o",
      "ai.prompt.messages": JSON.stringify([{ role: "user", content: [{ type: "text", text: PROMPT }] }]),
    },
  },
};

async function recordsOf(name: string, redact: RedactionOptions) {
  const records: object[] = [];
  const spans: ReadableSpanLike[] = [];
  const { tracer, processor } = startSdk({
    destinations: [
      vendorDestination({ vendor: "keywords-ai", to: { type: "memory", records } }),
      memory(spans, { genAIOnly: false }),
    ],
    redact,
  });
  const { attributes = {}, event } = dialects[name] ?? {};
  const span = tracer.startSpan("chat gpt-4o", { attributes });
  if (event !== undefined) span.addEvent("gen_ai.user.message", event);
  span.end();
  await processor.forceFlush();
  await processor.shutdown();
  return {
    text: inspect([records, spans.map(({ attributes, events }) => ({ attributes, events }))], { depth: 9 }),
    records,
  };
}

describe("what may leave, in any dialect", () => {
  it.each(Object.keys(dialects))("a name that is denied takes %s with it", async (name) => {
    const open = await recordsOf(name, { deny: ["nothing"] });
    expect(open.text).toContain(PROMPT);
    // Content that has no name in the conventions keeps its own, and is denied under that.
    const denied = await recordsOf(name, { deny: ["gen_ai.input.messages", "input.value"] });
    expect(denied.text).not.toContain(PROMPT);
    expect(denied.records).toHaveLength(1);
    expect(denied.text).toContain("gpt-4o");
  });

  it.each(Object.keys(dialects))("a list of names lets the model of %s leave, and nothing else", async (name) => {
    const { text, records } = await recordsOf(name, { allow: ["gen_ai.request.model", "gen_ai.operation.name"] });
    expect(text).not.toContain(PROMPT);
    expect(text).toContain("gpt-4o");
    expect(records).toHaveLength(1);
  });

  it("a name that the producer uses may be allowed as it is", async () => {
    const { text } = await recordsOf("OpenInference", { allow: ["llm.model_name"] });
    expect(text).toContain("'llm.model_name': 'gpt-4o'");
    expect(text).not.toContain(PROMPT);
  });
});

describe("trouble is told without what was sent", () => {
  it("in the log, the status and dead letters", async () => {
    const logged = listen();
    const letters: DeadLetter[] = [];
    const quoting = (): never => {
      throw new Error(`cannot read ${KEY}`);
    };
    const fails = (name: string) => custom(quoting, { name });
    const { tracer, processor } = startSdk({
      destinations: [
        memory([], { name: "translates", translate: quoting }),
        memory([], { name: "accepts", shouldExport: quoting }),
        fails("delivers"),
        vendorDestination({ vendor: "galileo", shouldExport: quoting, to: { type: "memory", records: [] } }),
      ],
      redact: {},
      onDeadLetter: (letter) => letters.push(letter),
      shutdownTimeoutMillis: 200,
    });
    tracer.startSpan("chat", { attributes: { "gen_ai.operation.name": "chat" } }).end();
    await processor.flush({ timeoutMillis: 200 });
    const status = inspect(processor.status(), { depth: 9 });
    await processor.shutdown();
    expect(logged.length).toBeGreaterThan(2);
    expect(letters.length).toBeGreaterThan(1);
    expect(status).toContain("cannot read [REDACTED:api_key]");
    for (const told of [...logged, status, inspect(letters, { depth: 9 })]) expect(told).not.toContain(CORE);
  });

  it("also of spans that throw when they are read, and of the hook for all of them", async () => {
    const logged = listen();
    const { tracer, processor } = startSdk({
      destinations: [memory([])],
      redact: {},
      shouldExport: () => {
        throw new Error(`cannot decide about ${KEY}`);
      },
    });
    tracer.startSpan("chat").end();
    processor.onEnd({
      spanContext: () => {
        throw new Error(`no context of ${KEY}`);
      },
    } as unknown as ReadableSpanLike);
    await processor.forceFlush();
    expect(processor.status()).toMatchObject({ unreadable: 1, filtered: 1 });
    expect(logged.filter((line) => line.includes("threw") || line.includes("could not be read"))).toHaveLength(2);
    expect(logged.join("\n")).not.toContain(CORE);
  });
});

describe("policies by destination", () => {
  it("do not reach one another, whichever comes first, and leave the application's span as it was", async () => {
    const policies: readonly (RedactionOptions | false)[] = [
      false,
      { rules: ["email"] },
      { rules: ["api_key"], replacement: "hash", salt: "saltsalt" },
      { rules: ["api_key"], replacement: "hash", salt: "othersalt" },
      { allow: ["other"] },
      { mask: (text) => text.toUpperCase() },
    ];
    const seen: string[] = [];
    for (const order of [policies, [...policies].reverse()]) {
      const kept = order.map((): ReadableSpanLike[] => []);
      const { tracer, processor } = startSdk({
        destinations: order.map((redact, index) => memory(kept[index] ?? [], { name: `d${index}`, redact })),
      });
      const span = tracer.startSpan("chat", { attributes: { note: `${KEY} bob@example.com`, other: "x" } });
      span.end();
      await processor.forceFlush();
      const attributes = kept.map(([one]) => one?.attributes);
      seen.push(JSON.stringify(order === policies ? attributes : attributes.reverse()));
      expect((span as unknown as ReadableSpanLike).attributes).toEqual({ note: `${KEY} bob@example.com`, other: "x" });
    }
    const [first = "", second] = seen;
    expect(second).toBe(first);
    const [open, mail, hashed, otherwise, listed, masked] = JSON.parse(first) as { note: string }[];
    expect(open?.note).toBe(`${KEY} bob@example.com`);
    expect(mail?.note).toBe(`${KEY} [REDACTED:email]`);
    expect(hashed?.note).toMatch(/^\[api_key:[0-9a-f]{16}\] bob@example\.com$/);
    expect(otherwise?.note).toMatch(/^\[api_key:[0-9a-f]{16}\] bob@example\.com$/);
    expect(otherwise?.note).not.toBe(hashed?.note);
    expect(listed).toEqual({ other: "x" });
    expect(masked?.note).toBe("[REDACTED:API_KEY] [REDACTED:EMAIL]");
  });

  it("are asked again when a span is changed after its end, before it is read", async () => {
    const kept: ReadableSpanLike[] = [];
    const { tracer, processor } = startSdk({ destinations: [memory(kept)], redact: {} });
    const span = tracer.startSpan("chat", { attributes: { note: "x" } });
    span.end();
    Object.assign((span as unknown as ReadableSpanLike).attributes, { late: KEY });
    await processor.forceFlush();
    expect(kept[0]?.attributes).toEqual({ note: "x", late: "[REDACTED:api_key]" });
  });
});
