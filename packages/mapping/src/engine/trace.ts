import type { GenAISpan } from "./genai-span.ts";

/** Spans of one trace with their family relations. Spans whose parent is not among them count as top spans. */
export class Trace {
  readonly traceId: string;
  /** In order of start time; a parent stands before its children, whatever their clocks say. */
  readonly spans: readonly GenAISpan[];
  /** Absent for a lone span, as most traces are that a vendor of single spans is given. */
  readonly #byId: ReadonlyMap<string, GenAISpan> | undefined;
  #children: ReadonlyMap<string, readonly GenAISpan[]> | undefined;
  #tops: readonly GenAISpan[] | undefined;
  /** The trace that these spans were picked from: it knows the parents that were left out. */
  readonly #whole: Trace | undefined;
  /** Keys and values in turn: they are few. */
  readonly #memo: unknown[] = [];

  /**
   * @param spans at least one span, all of one trace, in any order.
   * @param whole where `spans` are a selection: the trace that they were picked from.
   */
  constructor(spans: readonly GenAISpan[], whole?: Trace) {
    this.#whole = whole;
    if (spans.length === 1) {
      this.spans = [...spans];
    } else {
      this.#byId = new Map(spans.map((span) => [span.spanId, span]));
      this.spans = this.#parentsFirst([...spans].sort(byStartTime));
    }
    this.traceId = this.spans[0]?.traceId ?? "";
  }

  /** The span without a parent, else the earliest whose parent is not here. */
  get root(): GenAISpan | undefined {
    const { tops } = this;
    return tops.find((span) => span.parentSpanId === undefined) ?? tops[0] ?? this.spans[0];
  }

  /** Spans whose parent is not among the spans of this trace. */
  get tops(): readonly GenAISpan[] {
    this.#tops ??= this.spans.filter((span) => this.parentOf(span) === undefined);
    return this.#tops;
  }

  /**
   * The spans that `accepts` keeps, as a trace of their own in which the nearest kept ancestor is the parent.
   * `undefined` when none is kept.
   */
  keep(accepts: (span: GenAISpan) => boolean): Trace | undefined {
    const kept = this.spans.filter(accepts);
    if (kept.length === 0) return undefined;
    return kept.length === this.spans.length ? this : new Trace(kept, this.#whole ?? this);
  }

  parentOf(span: GenAISpan): GenAISpan | undefined {
    if (span.parentSpanId === undefined || span.parentSpanId === span.spanId) return undefined;
    const parent = this.#find(span.parentSpanId);
    if (parent !== undefined || this.#whole === undefined) return parent;
    const kept = this.#whole.ancestorsOf(span).find(({ spanId }) => this.#find(spanId) !== undefined);
    return kept && this.#find(kept.spanId);
  }

  childrenOf(span: GenAISpan): readonly GenAISpan[] {
    this.#children ??= this.#families();
    return this.#children.get(span.spanId) ?? NONE;
  }

  /** Computes a value that the spans of the trace ask for once. `key` is unique to the computation. */
  once<T>(key: string, compute: () => T): T {
    const memo = this.#memo;
    for (let place = 0; place < memo.length; place += 2) {
      if (memo[place] === key) return memo[place + 1] as T; // the key names the one computation
    }
    const value = compute();
    memo.push(key, value);
    return value;
  }

  #find(spanId: string): GenAISpan | undefined {
    if (this.#byId !== undefined) return this.#byId.get(spanId);
    const [lone] = this.spans;
    return lone?.spanId === spanId ? lone : undefined;
  }

  #families(): ReadonlyMap<string, readonly GenAISpan[]> {
    const children = new Map<string, GenAISpan[]>();
    for (const span of this.spans) {
      const parent = this.parentOf(span);
      if (parent === undefined) continue;
      const siblings = children.get(parent.spanId);
      if (siblings === undefined) children.set(parent.spanId, [span]);
      else siblings.push(span);
    }
    return children;
  }

  #parentsFirst(sorted: readonly GenAISpan[]): readonly GenAISpan[] {
    const placed = new Set<GenAISpan>();
    for (const span of sorted) {
      const climb = new Set<GenAISpan>();
      for (
        let next: GenAISpan | undefined = span;
        next !== undefined && !placed.has(next) && !climb.has(next);
        next = this.parentOf(next)
      ) {
        climb.add(next);
      }
      for (const next of [...climb].reverse()) placed.add(next);
    }
    return [...placed];
  }

  /** From the parent upwards; ends where the chain leaves this trace or bites its own tail. */
  ancestorsOf(span: GenAISpan): readonly GenAISpan[] {
    if (span.parentSpanId === undefined) return NONE;
    const ancestors: GenAISpan[] = [];
    const seen = new Set([span.spanId]);
    for (let next = this.parentOf(span); next !== undefined && !seen.has(next.spanId); next = this.parentOf(next)) {
      seen.add(next.spanId);
      ancestors.push(next);
    }
    return ancestors;
  }
}

const NONE: readonly GenAISpan[] = [];

function byStartTime(a: GenAISpan, b: GenAISpan): number {
  return a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1];
}
