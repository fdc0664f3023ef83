import { parentSpanIdOf, type ReadableSpanLike } from "@genspan/mapping";
import { context, type Span, trace } from "@opentelemetry/api";
import { BasicTracerProvider, type Sampler, SamplingDecision } from "@opentelemetry/sdk-trace-base";
import { describe, expect, it } from "vitest";
import { memory } from "../destinations/spans.ts";
import { vendorDestination } from "../destinations/vendor.ts";
import { GenAISpanProcessor } from "../genai-span-processor.ts";

const isGenAI = (span: ReadableSpanLike) => "gen_ai.operation.name" in span.attributes;

/** Ends `http > agent > middleware > chat`, of which the first and the third are no GenAI spans. */
async function traced(processor: GenAISpanProcessor, order: readonly string[], sampler?: Sampler) {
  const sampling = sampler === undefined ? {} : { sampler };
  const tracer = new BasicTracerProvider({ spanProcessors: [processor], ...sampling }).getTracer("t");
  const start = (name: string, parent: Span | undefined, operation?: string): Span =>
    tracer.startSpan(
      name,
      { attributes: operation === undefined ? {} : { "gen_ai.operation.name": operation } },
      parent === undefined ? context.active() : trace.setSpan(context.active(), parent),
    );
  const http = start("http", undefined);
  const agent = start("agent", http, "invoke_agent");
  const middleware = start("middleware", agent);
  const chat = start("chat", middleware, "chat");
  const spans = { http, agent, middleware, chat };
  for (const name of order) {
    spans[name as keyof typeof spans].end();
    await processor.forceFlush();
  }
  return Object.fromEntries(Object.entries(spans).map(([name, span]) => [name, span.spanContext().spanId]));
}

const parentsOf = (kept: readonly unknown[]) =>
  Object.fromEntries((kept as ReadableSpanLike[]).map((span) => [span.name, parentSpanIdOf(span)]));

const inOrder = ["chat", "middleware", "agent", "http"];
/** The leaf ends long after everything above it is gone. */
const late = ["middleware", "http", "agent", "chat"];

describe("spans that are left out leave no holes", () => {
  it.each([
    ["in order", inOrder],
    ["with a leaf that comes late", late],
  ])("of a destination for GenAI spans only, %s", async (_name, order) => {
    const kept: unknown[] = [];
    const ids = await traced(new GenAISpanProcessor({ destinations: [memory(kept, { genAIOnly: true })] }), order);
    expect(parentsOf(kept)).toEqual({ agent: undefined, chat: ids["agent"] });
  });

  it.each([
    ["in order", inOrder],
    ["with a leaf that comes late", late],
  ])("of the processor's own hook, at all destinations, %s", async (_name, order) => {
    const kept: unknown[] = [];
    const records: { span_unique_id?: string; span_parent_id?: string }[] = [];
    const processor = new GenAISpanProcessor({
      destinations: [
        memory(kept),
        vendorDestination({
          vendor: "keywords-ai",
          options: { includeOtherSpans: true },
          to: { type: "memory", records },
        }),
      ],
      shouldExport: isGenAI,
    });
    const ids = await traced(processor, order);
    expect(parentsOf(kept)).toEqual({ agent: undefined, chat: ids["agent"] });
    const parents = Object.fromEntries(records.map((one) => [one.span_unique_id, one.span_parent_id]));
    expect(parents).toEqual({ [String(ids["agent"])]: undefined, [String(ids["chat"])]: ids["agent"] });
  });

  it("of a destination that the attribute which decides may not reach", async () => {
    const kept: unknown[] = [];
    const destination = memory(kept, { genAIOnly: true, redact: { allow: ["gen_ai.usage.*"] } });
    const ids = await traced(new GenAISpanProcessor({ destinations: [destination] }), inOrder);
    expect(parentsOf(kept)).toEqual({ agent: undefined, chat: ids["agent"] });
  });

  it("the whole trace of a vendor has the topmost kept span for its root", async () => {
    const records: { name?: string; spans?: readonly { name: string; parent_id?: string; id: string }[] }[] = [];
    const processor = new GenAISpanProcessor({
      destinations: [
        vendorDestination({
          vendor: "galileo",
          options: { projectId: "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10", includeOtherSpans: true },
          to: { type: "memory", records },
        }),
      ],
      shouldExport: isGenAI,
    });
    await traced(processor, inOrder);
    await processor.forceFlush();
    const [first] = records.flatMap(({ spans = [] }) => spans.filter(({ name }) => name === "agent"));
    expect(first?.parent_id).toBeUndefined();
  });

  it("without a filter spans stay where they were, as the same objects", async () => {
    const kept: unknown[] = [];
    const ids = await traced(new GenAISpanProcessor({ destinations: [memory(kept)] }), inOrder);
    expect(parentsOf(kept)).toEqual({
      http: undefined,
      agent: ids["http"],
      middleware: ids["agent"],
      chat: ids["middleware"],
    });
  });

  it("a span that is recorded and not sampled is no parent of what is exported", async () => {
    const kept: unknown[] = [];
    const processor = new GenAISpanProcessor({ destinations: [memory(kept)], shouldExport: isGenAI });
    const sampler: Sampler = {
      shouldSample: (_context, _traceId, name) => ({
        decision: name === "agent" ? SamplingDecision.RECORD : SamplingDecision.RECORD_AND_SAMPLED,
      }),
    };
    await traced(processor, inOrder, sampler);
    expect(parentsOf(kept)).toEqual({ chat: undefined });
  });

  it("a parent in another process stays the parent", async () => {
    const kept: unknown[] = [];
    const processor = new GenAISpanProcessor({ destinations: [memory(kept, { genAIOnly: true })] });
    const remote = {
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      spanId: "00f067aa0ba902b7",
      traceFlags: 1,
      isRemote: true,
    };
    const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer("t");
    const parent = trace.setSpanContext(context.active(), remote);
    tracer.startSpan("chat", { attributes: { "gen_ai.operation.name": "chat" } }, parent).end();
    await processor.forceFlush();
    expect(parentsOf(kept)).toEqual({ chat: remote.spanId });
  });
});
