import { parentSpanIdOf, type ReadableSpanLike } from "@genspan/mapping";
import { context, type Span, trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memory } from "../destinations/spans.ts";
import { vendorDestination } from "../destinations/vendor.ts";
import { GenAISpanProcessor } from "../genai-span-processor.ts";

interface Node {
  /** Index of the parent; the first has none. */
  readonly parent: number;
  readonly isKept: boolean;
  /** Whether it starts only when its parent has ended. */
  readonly isLate: boolean;
  /** Its place in the order in which spans end. */
  readonly rank: number;
  /** Whether everything is delivered before the next span ends. */
  readonly flushes: boolean;
}

const trees = fc.array(
  fc.record({
    up: fc.nat({ max: 1000 }),
    isKept: fc.boolean(),
    isLate: fc.boolean(),
    rank: fc.nat({ max: 1_000_000 }),
    flushes: fc.boolean(),
  }),
  { minLength: 1, maxLength: 14 },
);

const toNodes = (drawn: readonly { up: number; isKept: boolean; isLate: boolean; rank: number; flushes: boolean }[]) =>
  drawn.map(({ up, ...node }, index): Node => ({ ...node, parent: index === 0 ? -1 : up % index }));

const isGenAI = (span: ReadableSpanLike) => "gen_ai.operation.name" in span.attributes;

/** Plays a tree: spans start below their parents and end in any order. @returns the span id of each node. */
async function play(nodes: readonly Node[], processor: GenAISpanProcessor): Promise<readonly string[]> {
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer("t");
  const spans: (Span | undefined)[] = nodes.map(() => undefined);
  const started: Span[] = [];
  const start = (index: number): void => {
    const node = nodes[index];
    if (node === undefined || spans[index] !== undefined) return;
    const parent = node.parent < 0 ? undefined : started[node.parent];
    const within = parent === undefined ? context.active() : trace.setSpan(context.active(), parent);
    const attributes = node.isKept
      ? { "gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": index + 1, "gen_ai.usage.output_tokens": 1 }
      : {};
    const span = tracer.startSpan(`s${index}`, { attributes }, within);
    spans[index] = span;
    started[index] = span;
    nodes.forEach(({ parent: above, isLate }, child) => {
      if (above === index && !isLate) start(child);
    });
  };
  start(0);
  const open = new Set(nodes.keys());
  while (open.size > 0) {
    const startedNow = [...open].filter((index) => spans[index] !== undefined);
    const [next = 0] = startedNow.sort((a, b) => (nodes[a]?.rank ?? 0) - (nodes[b]?.rank ?? 0) || a - b);
    spans[next]?.end();
    open.delete(next);
    if (nodes[next]?.flushes) await processor.forceFlush();
    nodes.forEach(({ parent, isLate }, child) => {
      if (parent === next && isLate) start(child);
    });
  }
  await processor.forceFlush();
  return started.map((span) => span.spanContext().spanId);
}

/** The nearest kept node above, or -1. */
function nearestKept(nodes: readonly Node[], index: number): number {
  for (let at = nodes[index]?.parent ?? -1; at >= 0; at = nodes[at]?.parent ?? -1) if (nodes[at]?.isKept) return at;
  return -1;
}

function expectPlaced(nodes: readonly Node[], ids: readonly string[], spans: readonly ReadableSpanLike[]): void {
  const parents = new Map(spans.map((span) => [span.spanContext().spanId, parentSpanIdOf(span)]));
  expect(parents.size).toBe(nodes.filter(({ isKept }) => isKept).length);
  nodes.forEach(({ isKept }, index) => {
    if (isKept) expect(parents.get(ids[index] ?? "")).toBe(ids[nearestKept(nodes, index)]);
  });
}

describe("laws of filtering, for any tree, any filter and any order in which spans end", () => {
  it("each kept span hangs below its nearest kept ancestor, or is a root", async () => {
    await fc.assert(
      fc.asyncProperty(trees, async (drawn) => {
        const nodes = toNodes(drawn);
        const filtered: ReadableSpanLike[] = [];
        const hooked: ReadableSpanLike[] = [];
        const ids = await play(
          nodes,
          new GenAISpanProcessor({ destinations: [memory(filtered, { genAIOnly: true })] }),
        );
        expectPlaced(nodes, ids, filtered);
        const all = await play(
          nodes,
          new GenAISpanProcessor({ destinations: [memory(hooked)], shouldExport: isGenAI, redact: {} }),
        );
        expectPlaced(nodes, all, hooked);
      }),
      { numRuns: 300 },
    );
  });

  it("records of single spans say the same, and each kept span's usage arrives once", async () => {
    await fc.assert(
      fc.asyncProperty(trees, async (drawn) => {
        const nodes = toNodes(drawn);
        const records: { span_unique_id?: string; span_parent_id?: string; prompt_tokens?: number }[] = [];
        const processor = new GenAISpanProcessor({
          destinations: [vendorDestination({ vendor: "keywords-ai", to: { type: "memory", records } })],
          shouldExport: isGenAI,
        });
        const ids = await play(nodes, processor);
        const parents = new Map(records.map((one) => [one.span_unique_id, one.span_parent_id]));
        const kept = [...nodes.keys()].filter((index) => nodes[index]?.isKept);
        expect(records).toHaveLength(kept.length);
        for (const index of kept) expect(parents.get(ids[index])).toBe(ids[nearestKept(nodes, index)]);
        const sum = records.reduce((total, { prompt_tokens = 0 }) => total + prompt_tokens, 0);
        expect(sum).toBe(kept.reduce((total, index) => total + index + 1, 0));
        expect(processor.status()).toMatchObject({ ended: nodes.length, filtered: nodes.length - kept.length });
      }),
      { numRuns: 200 },
    );
  });
});
