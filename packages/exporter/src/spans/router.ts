import type { GenAISpan, ReadableSpanLike, SpanReading, Trace } from "@genspan/mapping/core";
import type { Delivery } from "../delivery/delivery.ts";
import type { SpanFilter, Unit } from "../destination.ts";
import { messageOf, warnOnce } from "../runtime/warn-once.ts";
import { readSpan, readWhole } from "./read-span.ts";
import { Reparenting } from "./reparenting.ts";
import type { TraceAssembler } from "./trace-assembler.ts";

const SAMPLED = 1;

/** Hands each span to the destinations that want it, and whole traces to those that want these. Never throws. */
export class Router {
  readonly #deliveries: readonly Delivery[];
  readonly #shouldExport: SpanFilter | undefined;
  readonly #assembler: TraceAssembler;
  readonly #reading: SpanReading | undefined;
  readonly #reparenting: Reparenting | undefined;
  readonly #read: typeof readSpan;
  readonly #describe: (error: unknown) => string;
  filtered = 0;
  unreadable = 0;
  routed = 0;

  constructor(
    deliveries: readonly Delivery[],
    shouldExport: SpanFilter | undefined,
    assembler: TraceAssembler,
    reading: SpanReading | undefined,
    /** What is told of an error that a span or a hook threw. */
    describe: (error: unknown) => string = messageOf,
  ) {
    this.#describe = describe;
    this.#reading = reading;
    this.#deliveries = deliveries;
    this.#read = deliveries.some(({ destination }) => destination.unit === "trace") ? readWhole : readSpan;
    this.#shouldExport = shouldExport;
    this.#assembler = assembler;
    if (shouldExport !== undefined)
      this.#reparenting = new Reparenting(({ source }) => this.#isWanted(source), reading);
  }

  route(readable: ReadableSpanLike): void {
    let span: GenAISpan;
    try {
      span = this.#read(readable, this.#reading);
    } catch (error) {
      this.#lose(readable, error);
      return;
    }
    const isKept = this.#isKept(readable);
    if (isKept) span = this.#placed(span);
    else this.#reparenting?.leftOut(span, this.#assembler.ancestryOf(span));
    if (isKept) this.#toSpanDestinations(span);
    const isPart = isKept && this.#deliveries.some(({ destination }) => destination.unit === "trace");
    this.#assembler.ended(span, isPart);
  }

  routeTrace(whole: Trace): void {
    for (const delivery of this.#deliveries) {
      const { unit, accepts, wantsTrace } = delivery.destination;
      if (unit !== "trace") continue;
      try {
        const kept = whole.keep((span) => this.#wants(accepts, span));
        const root = kept?.root;
        if (kept === undefined || root === undefined || wantsTrace?.(kept) === false) delivery.filtered();
        else delivery.deliver({ span: root, trace: kept });
      } catch (error) {
        const spans = whole.spans.map((span) => span.source);
        const { traceId = "", spanId = "" } = whole.root ?? whole.spans[0] ?? {};
        delivery.rejected({ traceId, spanId }, spans, messageOf(error));
      }
    }
  }

  #toSpanDestinations(span: GenAISpan): void {
    this.routed++;
    const unit = new SpanUnit(span, this.#assembler);
    for (const delivery of this.#deliveries) {
      const { unit: kind, accepts, refused } = delivery.destination;
      if (kind !== "span") continue;
      try {
        if (accepts(span)) delivery.deliver(unit);
        else {
          refused?.(unit);
          delivery.filtered();
        }
      } catch (error) {
        delivery.rejected(span, span.source, messageOf(error));
      }
    }
  }

  /** A hook that throws on one span must not cost the others of its trace. */
  #wants(accepts: (span: GenAISpan) => boolean, span: GenAISpan): boolean {
    try {
      return accepts(span);
    } catch (error) {
      warnOnce(this, "accepts", `a filter threw, the span is left out of its trace: ${this.#describe(error)}`);
      return false;
    }
  }

  #placed(span: GenAISpan): GenAISpan {
    return this.#reparenting?.place(span, () => this.#assembler.ancestryOf(span)) ?? span;
  }

  /** Of an ancestor, which may be open and lack what the hook asks for. */
  #isWanted(span: ReadableSpanLike): boolean {
    try {
      return isSampled(span) && (this.#shouldExport?.(span) ?? true);
    } catch {
      return false;
    }
  }

  #isKept(span: ReadableSpanLike): boolean {
    try {
      // A sampler that records without sampling wants the span seen by processors, not exported.
      if (isSampled(span) && (this.#shouldExport?.(span) ?? true)) return true;
    } catch (error) {
      warnOnce(this, "shouldExport", `the shouldExport hook threw, the span is left out: ${this.#describe(error)}`);
    }
    this.filtered++;
    return false;
  }

  #lose(readable: ReadableSpanLike, error: unknown): void {
    this.unreadable++;
    warnOnce(this, "unreadable", `a span could not be read and is left out: ${this.#describe(error)}`);
    try {
      const { traceId, spanId } = readable.spanContext();
      this.#assembler.lost(traceId, spanId);
    } catch {
      // Its trace is handed over at the deadline then.
    }
  }
}

function isSampled(span: ReadableSpanLike): boolean {
  return (span.spanContext().traceFlags & SAMPLED) !== 0;
}

/** A span whose ancestors are looked up when a destination asks for them. */
class SpanUnit implements Unit {
  readonly span: GenAISpan;
  readonly #assembler: TraceAssembler;
  #trace: Trace | undefined;

  constructor(span: GenAISpan, assembler: TraceAssembler) {
    this.span = span;
    this.#assembler = assembler;
  }

  get trace(): Trace {
    this.#trace ??= this.#assembler.ancestryOf(this.span);
    return this.#trace;
  }
}
