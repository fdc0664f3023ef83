import { GenAISpan, type ReadableSpanLike, Trace } from "@genspan/mapping";

/** Ids of traces that were handed over before the end; beyond that many, a late span is not told from an early one. */
const MOST_REMEMBERED = 100_000;

/**
 * Gathers the spans of traces in bounded memory. Spans of a trace may stand anywhere in a file; when too many wait, the
 * trace that has waited longest is handed over as far as it came.
 */
export class OpenTraces {
  readonly #mostSpans: number;
  readonly #open: Map<string, ReadableSpanLike[]> = new Map();
  readonly #handedOver: Set<string> = new Set();
  #waiting = 0;
  /** Traces of which spans came after they were handed over: they make more than one record. */
  split = 0;

  constructor(mostSpans: number) {
    this.#mostSpans = mostSpans;
  }

  /** @returns the traces that had to give way. */
  add(span: ReadableSpanLike): readonly Trace[] {
    const { traceId } = span.spanContext();
    const spans = this.#open.get(traceId);
    if (spans !== undefined) spans.push(span);
    else {
      if (this.#handedOver.has(traceId)) this.split++;
      this.#open.set(traceId, [span]);
    }
    this.#waiting++;
    return this.#waiting > this.#mostSpans ? this.#giveWay() : [];
  }

  /** All that is left, in the order of the first span. */
  *rest(): Generator<Trace> {
    for (const spans of this.#open.values()) yield traceOf(spans);
    this.#open.clear();
    this.#waiting = 0;
  }

  #giveWay(): readonly Trace[] {
    const [oldest] = this.#open;
    if (oldest === undefined) return [];
    const [traceId, spans] = oldest;
    this.#open.delete(traceId);
    this.#waiting -= spans.length;
    if (this.#handedOver.size < MOST_REMEMBERED) this.#handedOver.add(traceId);
    return [traceOf(spans)];
  }
}

function traceOf(spans: readonly ReadableSpanLike[]): Trace {
  return new Trace(spans.map((span) => new GenAISpan(span)));
}
