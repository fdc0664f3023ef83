import { context, trace } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { vendorDestination } from "../index.ts";
import { startSdk, type TinyRecord, tinyFormat } from "../testing/parts.ts";
import type { AssemblerOptions } from "./trace-assembler.ts";

function start(assembly: Partial<AssemblerOptions> = {}) {
  const kept: TinyRecord[] = [];
  const destination = vendorDestination({ vendor: tinyFormat("trace"), to: { type: "memory", records: kept } });
  const { tracer, processor } = startSdk({ destinations: [destination], assembly });
  const child = (name: string, parent: ReturnType<typeof tracer.startSpan>) =>
    tracer.startSpan(name, {}, trace.setSpan(context.active(), parent));
  return { kept, tracer, processor, child, names: () => kept.map(({ names }) => names) };
}

const remoteParent = trace.setSpanContext(context.active(), {
  traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
  spanId: "00f067aa0ba902b7",
  traceFlags: 1,
  isRemote: true,
});

/** Long enough for everything that is not a matter of waiting. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 30));

describe("whole traces", () => {
  it("become one record when the last span of them has ended", async () => {
    const { tracer, processor, child, names } = start();
    const root = tracer.startSpan("root");
    const inner = child("inner", root);
    child("leaf", inner).end();
    inner.end();
    await aWhile();
    expect(names()).toEqual([]);
    expect(processor.status().traces).toMatchObject({ openTraces: 1, waitingSpans: 2 });
    root.end();
    await processor.forceFlush();
    expect(names()).toEqual([["root", "inner", "leaf"]]);
    expect(processor.status().traces.openTraces).toBe(0);
  });

  it("wait for a child that outlives its root", async () => {
    const { tracer, processor, child, names } = start();
    const root = tracer.startSpan("root");
    const late = child("late", root);
    root.end();
    await aWhile();
    expect(names()).toEqual([]);
    late.end();
    await processor.forceFlush();
    expect(names()).toEqual([["root", "late"]]);
  });

  it("are handed over incomplete by forceFlush, and go on in a further record", async () => {
    const { tracer, processor, child, names } = start();
    const root = tracer.startSpan("root");
    child("early", root).end();
    await processor.forceFlush();
    expect(names()).toEqual([["early"]]);
    child("later", root).end();
    root.end();
    await processor.forceFlush();
    expect(names()).toEqual([["early"], ["root", "later"]]);
    expect(processor.status().traces).toMatchObject({
      early: { flush: 1 },
      late: 2,
      waitingSpans: 0,
      waitingBytes: 0,
      openTraces: 0,
    });
  });

  it("give a second record for spans that begin after the first was made, so that they are late but not lost", async () => {
    const { tracer, processor, child, names } = start();
    const root = tracer.startSpan("root");
    root.end();
    await processor.forceFlush();
    child("afterthought", root).end();
    await processor.forceFlush();
    expect(names()).toEqual([["root"], ["afterthought"]]);
  });

  it("leave out spans that the format does not want", async () => {
    const { tracer, processor, child, names } = start();
    const root = tracer.startSpan("root");
    const skipped = child("skip", root);
    child("leaf", skipped).end();
    skipped.end();
    root.end();
    await processor.forceFlush();
    expect(names()).toEqual([["root", "leaf"]]);
  });

  it("lose only the span on which a filter throws", async () => {
    const kept: TinyRecord[] = [];
    const shouldExport = ({ name }: { readonly name: string }) => {
      if (name === "odd") throw new Error("a filter of the user's");
      return true;
    };
    const to = { type: "memory", records: kept } as const;
    const destination = vendorDestination({ vendor: tinyFormat("trace"), to, shouldExport });
    const { tracer, processor } = startSdk({ destinations: [destination] });
    const root = tracer.startSpan("root");
    const inRoot = trace.setSpan(context.active(), root);
    for (const name of ["odd", "even"]) tracer.startSpan(name, {}, inRoot).end();
    root.end();
    await processor.shutdown();
    expect(kept.map(({ names }) => names)).toEqual([["root", "even"]]);
  });

  it("gather siblings below a parent in another process", async () => {
    const { tracer, processor, names } = start({ graceMillis: 100 });
    tracer.startSpan("first", {}, remoteParent).end();
    await new Promise((resolve) => setTimeout(resolve, 20));
    tracer.startSpan("second", {}, remoteParent).end();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await processor.forceFlush();
    expect(names()).toEqual([["first", "second"]]);
  });

  it("are handed over without the spans that never end, when their time is up", async () => {
    const { tracer, processor, child, names } = start({ traceTimeoutMillis: 60, graceMillis: 20 });
    const root = tracer.startSpan("never ends");
    child("leaf", root).end();
    await new Promise((resolve) => setTimeout(resolve, 250));
    await processor.forceFlush();
    expect(names()).toEqual([["leaf"]]);
    expect(processor.status().traces.early.timeout).toBe(1);
  });

  it("never hold more traces or spans than allowed, and lose none of them", async () => {
    const { tracer, processor, names } = start({ maxTraces: 3, maxSpansPerTrace: 2 });
    const roots = Array.from({ length: 10 }, (_, index) => tracer.startSpan(`t${index}`));
    expect(processor.status().traces.openTraces).toBe(3);
    for (const root of roots) root.end();
    await processor.shutdown();
    expect(new Set(names().flat())).toEqual(new Set(roots.map((_, index) => `t${index}`)));
  });

  it("are handed over, the oldest first, when they weigh too much together", async () => {
    const { tracer, processor, child, names } = start({ maxBytes: 4000 });
    const roots = ["a", "b", "c"].map((name) => tracer.startSpan(name));
    for (const root of roots) child("leaf", root).end();
    await aWhile();
    expect(names()).toEqual([]);
    for (const root of roots) child("heavy", root).setAttribute("text", "x".repeat(800)).end();
    await expect.poll(() => names()[0]).toEqual(["leaf", "heavy"]);
    expect(processor.status().traces.waitingBytes).toBeLessThanOrEqual(4000);
    expect(processor.status().traces.early.limit).toBe(names().length);
    for (const root of roots) root.end();
    await processor.shutdown();
    expect(names().flat().sort()).toEqual(["a", "b", "c", "heavy", "heavy", "heavy", "leaf", "leaf", "leaf"]);
  });

  it("are delivered incomplete on shutdown", async () => {
    const { tracer, processor, child, names } = start();
    child("leaf", tracer.startSpan("root")).end();
    await processor.shutdown();
    expect(names()).toEqual([["leaf"]]);
  });
});
