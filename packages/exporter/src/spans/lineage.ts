import { GenAISpan, parentSpanIdOf, type ReadableSpanLike, Trace } from "@genspan/mapping/core";

const MAX_ENDED = 64;

/**
 * The ancestors of a trace's spans that are known: every span that is open, and the newest that ended and have
 * children. Leaves, which carry the large content, are not kept.
 */
export class Lineage {
  readonly #open: Map<string, ReadableSpanLike> = new Map();
  readonly #parents: Set<string> = new Set();
  readonly #ended: Map<string, GenAISpan> = new Map();

  get openCount(): number {
    return this.#open.size;
  }

  /** @returns whether the span's parent is unknown here: it is in another process, or was forgotten. */
  started(spanId: string, span: ReadableSpanLike): boolean {
    this.#open.set(spanId, span);
    const parent = parentSpanIdOf(span);
    if (parent === undefined) return false;
    const isKnown = this.#open.has(parent) || this.#ended.has(parent);
    if (isKnown) this.#parents.add(parent);
    return !isKnown;
  }

  /** @param span undefined where nothing of it is to be kept. */
  ended(spanId: string, span: GenAISpan | undefined): void {
    this.#open.delete(spanId);
    if (!this.#parents.has(spanId)) return;
    if (span === undefined) {
      this.#parents.delete(spanId);
      return;
    }
    this.#ended.set(spanId, span);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size <= MAX_ENDED || oldest === undefined) return;
    this.#ended.delete(oldest);
    this.#parents.delete(oldest);
  }

  /** The span with its ancestors, open ones as they stand, as far as the chain is known. */
  traceOf(span: GenAISpan): Trace {
    const line = [span];
    const seen = new Set([span.spanId]);
    for (let id = span.parentSpanId; id !== undefined && !seen.has(id); ) {
      seen.add(id);
      const ancestor = this.#find(id);
      if (ancestor === undefined) break;
      line.push(ancestor);
      id = ancestor.parentSpanId;
    }
    return new Trace(line);
  }

  #find(spanId: string): GenAISpan | undefined {
    const ended = this.#ended.get(spanId);
    const open = this.#open.get(spanId);
    if (ended !== undefined || open === undefined) return ended;
    try {
      return new GenAISpan(open);
    } catch {
      return undefined; // an ancestor that cannot be read must not cost its descendants
    }
  }
}
