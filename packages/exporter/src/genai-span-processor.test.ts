import { context, DiagLogLevel, diag, trace } from "@opentelemetry/api";
import { afterEach, describe, expect, it } from "vitest";
import { type DeadLetter, type Destination, memory, type SendResult, vendorDestination } from "./index.ts";
import { startSdk, type TinyRecord, tinyFormat } from "./testing/parts.ts";

const records = (unit: "span" | "trace") => {
  const kept: TinyRecord[] = [];
  const destination = vendorDestination({ vendor: tinyFormat(unit), to: { type: "memory", records: kept } });
  return { kept, destination };
};

const sumOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

afterEach(() => diag.disable());

describe("GenAISpanProcessor", () => {
  it("delivers 20 000 spans that ended in one turn of the event loop", async () => {
    const { kept, destination } = records("span");
    const { tracer, processor } = startSdk({ destinations: [destination] });
    for (let index = 0; index < 20_000; index++) tracer.startSpan(`s${index % 7}`).end();
    await processor.forceFlush();
    expect(processor.status().destinations[0]).toMatchObject({ accepted: 20_000, sent: 20_000, queued: 0 });
    expect(kept).toHaveLength(10_000); // the newest of them, which is what the memory target keeps
  });

  it("does nothing but listing the span while it ends", () => {
    let isEnding = true;
    const destination = { ...records("span").destination, accepts: () => expect(isEnding).toBe(false) as never };
    const { tracer, processor } = startSdk({ destinations: [destination] });
    tracer.startSpan("a").end();
    expect(processor.status().pending).toBe(1);
    isEnding = false;
  });

  it("knows a span's ancestors although they have not ended yet", async () => {
    const { kept, destination } = records("span");
    const { tracer, processor } = startSdk({ destinations: [destination] });
    const root = tracer.startSpan("root");
    const child = tracer.startSpan("child", {}, trace.setSpan(context.active(), root));
    tracer.startSpan("leaf", {}, trace.setSpan(context.active(), child)).end();
    await processor.forceFlush();
    expect(kept.map(({ names }) => names)).toEqual([["leaf", "child", "root"]]);
    child.end();
    root.end();
    await processor.shutdown();
    expect(kept).toHaveLength(3);
  });

  it("counts a trace that the destination declines as filtered", async () => {
    const { kept, destination } = records("trace");
    const wantsTrace: Destination["wantsTrace"] = ({ spans }) => spans.length > 1;
    const { tracer, processor } = startSdk({ destinations: [{ ...destination, wantsTrace }] });
    tracer.startSpan("alone").end();
    const root = tracer.startSpan("root");
    tracer.startSpan("leaf", {}, trace.setSpan(context.active(), root)).end();
    root.end();
    await processor.shutdown();
    expect(kept.map(({ names }) => names)).toEqual([["root", "leaf"]]);
    expect(processor.status().destinations[0]).toMatchObject({ accepted: 1, sent: 1, filtered: 1 });
  });

  it("keeps a destination that fails forever away from the others, and counts every span of it", async () => {
    const letters: DeadLetter[] = [];
    const good = records("span");
    const broken: Destination = {
      ...records("span").destination,
      name: "broken",
      send: () => Promise.resolve<SendResult>({ status: "retryable", reason: "HTTP 503" }),
    };
    const { tracer, processor } = startSdk({
      destinations: [broken, good.destination],
      retry: { maxAttempts: 3, initialDelayMillis: 1 },
      onDeadLetter: (letter) => letters.push(letter),
    });
    for (let index = 0; index < 5; index++) tracer.startSpan("a").end();
    await processor.forceFlush();
    const [one, two] = processor.status().destinations;
    expect(one).toMatchObject({ accepted: 5, sent: 0, deadLettered: { "HTTP 503": 5 }, retried: 2, queued: 0 });
    expect(two).toMatchObject({ accepted: 5, sent: 5 });
    expect(letters.flatMap(({ payloads }) => payloads)).toHaveLength(5);
  });

  it("dead-letters a record that is not as documented, and one whose mapping threw, and no other", async () => {
    const { kept, destination } = records("span");
    const { tracer, processor } = startSdk({ destinations: [destination] });
    for (const name of ["a", "invalid", "throws", "b", "skip"]) tracer.startSpan(name).end();
    await processor.forceFlush();
    expect(kept.map(({ names }) => names[0])).toEqual(["a", "b"]);
    const [status] = processor.status().destinations;
    expect(status).toMatchObject({ accepted: 4, sent: 2, filtered: 1 });
    expect(status?.deadLettered).toEqual({ "not as documented": 1, "mapping failed": 1 });
    expect(status?.recentDeadLetters.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^names: /),
      "a row threw",
    ]);
  });

  it.each([
    [
      "attributes that throw",
      {
        get attributes(): never {
          throw new Error("poison");
        },
      },
    ],
    [
      "a context that throws",
      {
        spanContext: () => {
          throw new Error("poison");
        },
      },
    ],
    ["no resource", { resource: undefined }],
  ])("lets a span with %s cost only itself", async (_name, poison) => {
    const { kept, destination } = records("span");
    const { tracer, processor } = startSdk({ destinations: [destination] });
    const span = tracer.startSpan("poisoned");
    span.end();
    await processor.forceFlush();
    const proxy = new Proxy(span, {
      get: (target, key) => (key in poison ? Reflect.get(poison, key) : Reflect.get(target, key)),
    });
    expect(() => processor.onEnd(proxy as never)).not.toThrow();
    tracer.startSpan("healthy").end();
    await processor.forceFlush();
    expect(kept.map(({ names }) => names[0])).toContain("healthy");
  });

  it("drops what a full queue cannot take, and says how many", async () => {
    const warnings: string[] = [];
    diag.setLogger(
      { warn: (text: string) => warnings.push(text), error() {}, info() {}, debug() {}, verbose() {} },
      DiagLogLevel.WARN,
    );
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow: Destination = {
      ...records("span").destination,
      maxItems: 1,
      concurrency: 1,
      send: () => gate.then((): SendResult => ({ status: "success" })),
    };
    const { tracer, processor } = startSdk({ destinations: [slow], queue: { maxItems: 3 } });
    for (let index = 0; index < 10; index++) tracer.startSpan("a").end();
    const flushed = processor.forceFlush();
    await new Promise((resolve) => setImmediate(resolve));
    release();
    await flushed;
    const [status] = processor.status().destinations;
    expect(status).toMatchObject({ accepted: 10, queued: 0 });
    expect(status?.dropped["queue full"]).toBeGreaterThan(0);
    expect((status?.sent ?? 0) + sumOf(status?.dropped ?? {})).toBe(10);
    expect(warnings.filter((text) => text.includes("full"))).toHaveLength(1);
  });

  it("reaches no destination with a span that shouldExport refuses", async () => {
    const kept: unknown[] = [];
    const { tracer, processor } = startSdk({
      destinations: [memory(kept)],
      shouldExport: ({ name }) => name !== "secret",
    });
    for (const name of ["a", "secret"]) tracer.startSpan(name).end();
    await processor.forceFlush();
    expect(kept).toHaveLength(1);
    expect(processor.status().filtered).toBe(1);
  });

  it("returns from flush when its time is up, with the number that is still queued", async () => {
    const stuck: Destination = { ...records("span").destination, send: () => new Promise<never>(() => {}) };
    const { tracer, processor } = startSdk({ destinations: [stuck] });
    tracer.startSpan("a").end();
    expect(await processor.flush({ timeoutMillis: 20 })).toEqual({ queued: 1 });
  });

  it("shuts down once, delivers what there is, and is quiet afterwards", async () => {
    const { kept, destination } = records("span");
    const { tracer, processor } = startSdk({ destinations: [destination] });
    tracer.startSpan("a").end();
    expect(processor.shutdown()).toBe(processor.shutdown());
    await processor.shutdown();
    tracer.startSpan("late").end();
    await processor.forceFlush();
    expect(kept.map(({ names }) => names[0])).toEqual(["a"]);
  });

  it("waits for resource attributes that are still being found", async () => {
    const kept: { resource: { attributes: Record<string, unknown> } }[] = [];
    const { tracer, processor } = startSdk({ destinations: [memory(kept)] });
    const attributes: Record<string, unknown> = {};
    const resource = {
      attributes,
      asyncAttributesPending: true,
      waitForAsyncAttributes: async () => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        attributes["service.name"] = "found";
      },
    };
    const span = tracer.startSpan("a");
    processor.onEnd(
      new Proxy(span, { get: (target, key) => (key === "resource" ? resource : Reflect.get(target, key)) }) as never,
    );
    await processor.forceFlush();
    expect(kept[0]?.resource.attributes["service.name"]).toBe("found");
  });

  it("refuses two destinations of one name", () => {
    const { destination } = records("span");
    expect(() => startSdk({ destinations: [destination, destination] })).toThrow(/two destinations are named "tiny"/);
  });
});
