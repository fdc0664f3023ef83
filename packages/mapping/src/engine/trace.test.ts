import { describe, expect, it } from "vitest";
import { GenAISpan } from "./genai-span.ts";
import { spanOf } from "./testing.ts";
import { Trace } from "./trace.ts";

const span = (spanId: string, parentSpanId: string | undefined, second: number) =>
  new GenAISpan(spanOf({ spanId, parentSpanId, name: spanId, startTime: [second, 0] }));

const names = (spans: readonly GenAISpan[]) => spans.map(({ name }) => name);

describe("Trace", () => {
  const trace = new Trace([span("c", "b", 3), span("a", undefined, 1), span("d", "b", 4), span("b", "a", 2)]);

  it("orders spans by start and knows their families", () => {
    expect(names(trace.spans)).toEqual(["a", "b", "c", "d"]);
    expect(trace.root?.name).toBe("a");
    const [, b, c] = trace.spans as [GenAISpan, GenAISpan, GenAISpan];
    expect(names(trace.childrenOf(b))).toEqual(["c", "d"]);
    expect(names(trace.ancestorsOf(c))).toEqual(["b", "a"]);
  });

  it("gives the nearest kept ancestor as the parent when spans between are left out", () => {
    const kept = trace.keep(({ name }) => name !== "b");
    const [a, c] = (kept?.spans ?? []) as [GenAISpan, GenAISpan];
    expect(kept?.parentOf(c)).toBe(a);
    expect(names(kept?.childrenOf(a) ?? [])).toEqual(["c", "d"]);
    const again = kept?.keep(({ name }) => name !== "c");
    expect(names(again?.childrenOf(a) ?? [])).toEqual(["d"]);
  });

  it("makes the top one the root when the root is left out, and is undefined when nothing is kept", () => {
    expect(trace.keep(({ name }) => name !== "a")?.root?.name).toBe("b");
    expect(trace.keep(() => false)).toBeUndefined();
    expect(trace.keep(() => true)).toBe(trace);
  });

  it("takes the earliest span whose parent is elsewhere as the root of a part of a trace", () => {
    expect(new Trace([span("y", "remote", 2), span("x", "remote", 1)]).root?.name).toBe("x");
  });

  it("puts a parent before its children although their clocks disagree", () => {
    expect(names(new Trace([span("child", "parent", 1), span("parent", undefined, 2)]).spans)).toEqual([
      "parent",
      "child",
    ]);
  });

  it("does not hang on spans that are each other's parents", () => {
    const loop = new Trace([span("p", "q", 1), span("q", "p", 2)]);
    expect(loop.spans).toHaveLength(2);
    expect(loop.ancestorsOf(loop.spans[0] as GenAISpan)).toEqual([loop.spans[1]]);
    expect(loop.root).toBe(loop.spans[0]);
  });
});
