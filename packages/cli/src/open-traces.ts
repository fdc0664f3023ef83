import { GenAISpan, type ReadableSpanLike, Trace } from "@genspan/mapping";

/** Most characters of texts that wait, whatever the number of spans: a prompt may be a book. */
const MAX_CHARACTERS = 12 * 1024 * 1024;

/** Ids of traces that were handed over before the end; beyond that many, a late span is not told from an early one. */
const MAX_REMEMBERED = 100_000;

/**
 * Gathers the spans of traces in bounded memory. Spans of a trace may stand anywhere in a file; when too many wait, the
 * trace that has waited longest is handed over as far as it came.
 */
export class OpenTraces {
  readonly #mostSpans: number;
  readonly #mostCharacters: number;
  readonly #open: Map<string, ReadableSpanLike[]> = new Map();
  readonly #handedOver: Set<string> = new Set();
  #waiting = 0;
  #characters = 0;
  /** Traces of which spans came after they were handed over: they make more than one record. */
  split = 0;

  constructor(mostSpans: number, mostCharacters: number = MAX_CHARACTERS) {
    this.#mostSpans = mostSpans;
    this.#mostCharacters = mostCharacters;
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
    this.#characters += charactersOf(span);
    const traces: Trace[] = [];
    while (this.#waiting > this.#mostSpans || this.#characters > this.#mostCharacters) traces.push(...this.#giveWay());
    return traces;
  }

  /** All that is left, in the order of the first span. */
  *rest(): Generator<Trace> {
    for (const spans of this.#open.values()) yield traceOf(spans);
    this.#open.clear();
    this.#waiting = 0;
    this.#characters = 0;
  }

  #giveWay(): readonly Trace[] {
    const [oldest] = this.#open;
    if (oldest === undefined) {
      this.#waiting = 0;
      this.#characters = 0;
      return [];
    }
    const [traceId, spans] = oldest;
    this.#open.delete(traceId);
    this.#waiting -= spans.length;
    for (const span of spans) this.#characters -= charactersOf(span);
    if (this.#handedOver.size < MAX_REMEMBERED) this.#handedOver.add(traceId);
    return [traceOf(spans)];
  }
}

function traceOf(spans: readonly ReadableSpanLike[]): Trace {
  return new Trace(spans.map((span) => new GenAISpan(span)));
}

/** Of the texts of a span, which are nearly all of it. */
function charactersOf({ attributes, events }: ReadableSpanLike): number {
  return events.reduce((sum, event) => sum + textsOf(event.attributes ?? {}), textsOf(attributes));
}

function textsOf(attributes: Readonly<Record<string, unknown>>): number {
  let characters = 0;
  for (const name in attributes) {
    const value = attributes[name];
    characters += name.length + (typeof value === "string" ? value.length : 8);
  }
  return characters;
}
