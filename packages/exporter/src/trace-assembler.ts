import { GenAISpan, parentSpanIdOf, type ReadableSpanLike, Trace } from "@genspan/mapping";

export interface AssemblerOptions {
  /** A trace that is older is handed over with what has ended. Default: 60 000. */
  readonly traceTimeoutMillis: number;
  /** How long a trace whose spans have all ended waits for siblings, where its parent is in another process. Default: 1000. */
  readonly graceMillis: number;
  /** More open traces than that: the oldest is handed over. Default: 1000. */
  readonly maxTraces: number;
  /** More ended spans in one trace than that: it is handed over in parts. Default: 5000. */
  readonly maxSpansPerTrace: number;
}

export interface AssemblerStatus {
  /** Traces that wait for spans. */
  readonly openTraces: number;
  /** Traces that were handed over. */
  readonly completed: number;
  /** Of these: before they were complete, with the reason. */
  readonly early: { readonly timeout: number; readonly limit: number };
}

interface OpenTrace {
  readonly traceId: string;
  /** Started and ended spans, for finding ancestors. */
  readonly known: Map<string, ReadableSpanLike>;
  readonly open: Set<string>;
  readonly firstAt: number;
  ended: GenAISpan[];
  idleSince: number | undefined;
  /** Some span's parent is in another process: more siblings may come. */
  isRemote: boolean;
}

/**
 * Gathers the spans of each trace. A trace is complete when every span of it that was started here has ended; where its
 * root is in another process it then waits a little for siblings. Spans that come after a trace was handed over make
 * a trace of their own with the same id: late, but not lost.
 */
export class TraceAssembler {
  readonly #options: AssemblerOptions;
  readonly #complete: (trace: Trace) => void;
  readonly #traces: Map<string, OpenTrace> = new Map();
  #completed = 0;
  #timeouts = 0;
  #limits = 0;

  constructor(options: AssemblerOptions, complete: (trace: Trace) => void) {
    this.#options = options;
    this.#complete = complete;
  }

  started(span: ReadableSpanLike): void {
    const { traceId, spanId } = span.spanContext();
    const trace = this.#traceOf(traceId);
    trace.known.set(spanId, span);
    trace.open.add(spanId);
    trace.idleSince = undefined;
    const parent = parentSpanIdOf(span);
    if (parent !== undefined && !trace.known.has(parent)) trace.isRemote = true;
  }

  ended(span: GenAISpan): void {
    const trace = this.#traceOf(span.traceId);
    trace.known.set(span.spanId, span.source);
    trace.open.delete(span.spanId);
    trace.ended.push(span);
    if (trace.open.size === 0) trace.idleSince = performance.now();
    if (trace.ended.length >= this.#options.maxSpansPerTrace) {
      this.#limits++;
      this.#handOver(trace, false);
    }
  }

  /** A span that ended but is not to be part of its trace. */
  dropped(traceId: string, spanId: string): void {
    const trace = this.#traces.get(traceId);
    if (trace === undefined) return;
    trace.open.delete(spanId);
    if (trace.open.size === 0) trace.idleSince = performance.now();
  }

  /** The span with the ancestors that are known: ended ones, and open ones as they stand. */
  lineageOf(span: GenAISpan): Trace {
    const known = this.#traces.get(span.traceId)?.known;
    const lineage = [span];
    const seen = new Set([span.spanId]);
    for (let id = span.parentSpanId; id !== undefined && !seen.has(id); ) {
      seen.add(id);
      const parent = known?.get(id);
      if (parent === undefined) break;
      lineage.push(new GenAISpan(parent));
      id = parentSpanIdOf(parent);
    }
    return new Trace(lineage);
  }

  /** Hands over what is due. Returns when to look again, in milliseconds, or undefined when nothing waits. */
  sweep(now: number = performance.now()): number | undefined {
    for (const trace of this.#traces.values()) {
      if (this.#isComplete(trace, now)) this.#handOver(trace, true);
      else if (now - trace.firstAt >= this.#options.traceTimeoutMillis) {
        this.#timeouts++;
        this.#handOver(trace, true);
      }
    }
    return this.#traces.size === 0 ? undefined : Math.max(50, Math.min(this.#options.graceMillis, 1000));
  }

  /** Hands over every trace whose spans have all ended; with `everything`, the others as well. */
  flush(everything: boolean): void {
    for (const trace of this.#traces.values()) if (everything || trace.open.size === 0) this.#handOver(trace, true);
  }

  status(): AssemblerStatus {
    return {
      openTraces: this.#traces.size,
      completed: this.#completed,
      early: { timeout: this.#timeouts, limit: this.#limits },
    };
  }

  #isComplete(trace: OpenTrace, now: number): boolean {
    if (trace.idleSince === undefined) return false;
    return !trace.isRemote || now - trace.idleSince >= this.#options.graceMillis;
  }

  #traceOf(traceId: string): OpenTrace {
    const existing = this.#traces.get(traceId);
    if (existing !== undefined) return existing;
    if (this.#traces.size >= this.#options.maxTraces) {
      const [oldest] = this.#traces.values();
      if (oldest !== undefined) {
        this.#limits++;
        this.#handOver(oldest, true);
      }
    }
    const trace: OpenTrace = {
      traceId,
      known: new Map(),
      open: new Set(),
      firstAt: performance.now(),
      ended: [],
      idleSince: undefined,
      isRemote: false,
    };
    this.#traces.set(traceId, trace);
    return trace;
  }

  #handOver(trace: OpenTrace, forget: boolean): void {
    if (forget) this.#traces.delete(trace.traceId);
    const { ended } = trace;
    trace.ended = [];
    if (ended.length === 0) return;
    this.#completed++;
    this.#complete(new Trace(ended));
  }
}
