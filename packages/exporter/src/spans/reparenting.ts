import { GenAISpan, type ReadableSpanLike, type SpanReading, spanWith, type Trace } from "@genspan/mapping/core";

/** About 10 MB of ids. */
const MAX_REMEMBERED = 50_000;

/**
 * Spans that are left out must not leave holes: the nearest kept ancestor becomes the parent, and the topmost kept span
 * a root. A span may end long after the ancestors that were left out: where those hung is remembered for the newest of
 * them.
 */
export class Reparenting {
  readonly #isKept: (span: GenAISpan) => boolean;
  readonly #reading: SpanReading | undefined;
  /** Of left-out spans, by trace and span id: the id of the kept span above them, or none. The oldest come first. */
  readonly #above: Map<string, string | undefined> = new Map();

  constructor(isKept: (span: GenAISpan) => boolean, reading?: SpanReading) {
    this.#isKept = isKept;
    this.#reading = reading;
  }

  /** The span hangs nowhere from now on. @param trace with its ancestors, as far as they are known. */
  leftOut(span: GenAISpan, trace: Trace): void {
    this.#above.set(`${span.traceId}${span.spanId}`, this.#keptAbove(span, trace));
    const [oldest] = this.#above.keys();
    if (this.#above.size > MAX_REMEMBERED && oldest !== undefined) this.#above.delete(oldest);
  }

  /** The span under the nearest kept ancestor: the same object where that is its parent. */
  place(span: GenAISpan, trace: () => Trace): GenAISpan {
    const { parentSpanId } = span;
    if (parentSpanId === undefined) return span;
    const above = this.#keptAbove(span, trace());
    return above === parentSpanId ? span : new GenAISpan(withParent(span.source, above), this.#reading);
  }

  #keptAbove(span: GenAISpan, trace: Trace): string | undefined {
    const known = new Map(trace.spans.map((one) => [one.spanId, one]));
    const seen = new Set([span.spanId]);
    let id = span.parentSpanId;
    while (id !== undefined && !seen.has(id)) {
      seen.add(id);
      const ancestor = known.get(id);
      if (ancestor !== undefined && this.#isKept(ancestor)) return id;
      const key = `${span.traceId}${id}`;
      if (ancestor !== undefined) id = ancestor.parentSpanId;
      else if (this.#above.has(key)) id = this.#above.get(key);
      else return id; // kept before, or in another process: the receiver may know it
    }
    return undefined;
  }
}

/** A copy: the span belongs to other processors as well. */
function withParent(span: ReadableSpanLike, parent: string | undefined): ReadableSpanLike {
  const { traceId, traceFlags } = span.spanContext();
  const parentSpanContext = parent === undefined ? undefined : { traceId, spanId: parent, traceFlags };
  return spanWith(span, { parentSpanContext, parentSpanId: parent });
}
