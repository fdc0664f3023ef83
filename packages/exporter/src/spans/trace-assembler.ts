import { type GenAISpan, type ReadableSpanLike, Trace } from "@genspan/mapping/core";
import { estimateBytes } from "./estimate-bytes.ts";
import { Lineage } from "./lineage.ts";
import { RecentIds } from "./recent-ids.ts";

/** How long and how much of traces is gathered before they are handed over. */
export interface AssemblerOptions {
  /** A trace that has waited that long for a span to end is handed over with what has ended. Default: 300 000. */
  readonly traceTimeoutMillis: number;
  /** How long a trace with a parent in another process waits for siblings when its spans have ended. Default: 1000. */
  readonly graceMillis: number;
  /** More traces than that: the oldest is handed over. Default: 10 000. */
  readonly maxTraces: number;
  /** More ended spans in one trace than that: it is handed over in parts. Default: 5000. */
  readonly maxSpansPerTrace: number;
  /** More than that in ended spans of all traces: the oldest traces are handed over. Default: 64 MiB. */
  readonly maxBytes: number;
}

export const DEFAULT_ASSEMBLY: AssemblerOptions = {
  traceTimeoutMillis: 300_000,
  graceMillis: 1000,
  maxTraces: 10_000,
  maxSpansPerTrace: 5000,
  maxBytes: 64 * 1024 * 1024,
};

const SLICE_MILLIS = 5;

/** The traces that are being gathered, and what became of the others. */
export interface AssemblerStatus {
  /** Traces with spans that are open or wait for others. */
  readonly openTraces: number;
  /** Ended spans that wait for the rest of their traces, and their estimated size. */
  readonly waitingSpans: number;
  readonly waitingBytes: number;
  /** Traces, or parts of traces, that were handed over. */
  readonly completed: number;
  /** Of these: before they were complete, with the reason. */
  readonly early: { readonly timeout: number; readonly limit: number; readonly flush: number };
  /** Spans that came after (a part of) their trace was handed over; they make a further trace with the same id. */
  readonly late: number;
}

interface OpenTrace {
  readonly traceId: string;
  readonly lineage: Lineage;
  /** Since when the oldest of `ended` waits, or the trace is there. */
  since: number;
  /** When a span last started or ended. */
  activeAt: number;
  ended: GenAISpan[];
  bytes: number;
  /** Since when no span is open. */
  idleSince: number | undefined;
  /** Some span's parent is in another process: more siblings may come. */
  isRemote: boolean;
}

/**
 * Gathers the spans of each trace. A trace is complete when every span of it that was started here has ended; where its
 * root is in another process it then waits a little for siblings. Spans that come after a trace was handed over make
 * a trace of their own with the same id: the receiver sees a further record, but no span is lost.
 */
export class TraceAssembler {
  readonly #options: AssemblerOptions;
  readonly #complete: (trace: Trace) => void;
  /** The longest there first. */
  readonly #traces: Map<string, OpenTrace> = new Map();
  /** Those without an open span. */
  readonly #idle: Set<OpenTrace> = new Set();
  readonly #handedOver = new RecentIds(10_000);
  readonly #early = { timeout: 0, limit: 0, flush: 0 };
  #waitingSpans = 0;
  #waitingBytes = 0;
  #completed = 0;
  #late = 0;

  constructor(options: AssemblerOptions, complete: (trace: Trace) => void) {
    this.#options = options;
    this.#complete = complete;
  }

  started(span: ReadableSpanLike): void {
    const { traceId, spanId } = span.spanContext();
    const trace = this.#traceOf(traceId);
    if (trace.lineage.started(spanId, span)) trace.isRemote = true;
    trace.activeAt = performance.now();
    trace.idleSince = undefined;
    this.#idle.delete(trace);
  }

  /** @param keep whether the span is to be a part of its trace, or only an ancestor of others. */
  ended(span: GenAISpan, keep: boolean): void {
    const { traceId, spanId } = span;
    if (!keep && !this.#traces.has(traceId)) return;
    const trace = this.#traceOf(traceId);
    if (keep) this.#add(trace, span);
    this.#close(trace, spanId, span);
    const { maxSpansPerTrace, maxBytes } = this.#options;
    if (trace.ended.length >= maxSpansPerTrace) this.#handOver(trace, "limit");
    for (const oldest of this.#traces.values()) {
      if (this.#waitingBytes <= maxBytes) break;
      if (oldest.ended.length > 0) this.#handOver(oldest, "limit");
    }
  }

  /** A span that ended but cannot be used. */
  lost(traceId: string, spanId: string): void {
    const trace = this.#traces.get(traceId);
    if (trace !== undefined) this.#close(trace, spanId, undefined);
  }

  /** The span with the ancestors that are known. */
  ancestryOf(span: GenAISpan): Trace {
    return this.#traces.get(span.traceId)?.lineage.traceOf(span) ?? new Trace([span]);
  }

  /**
   * Hands over what is due, for about 5 ms. Returns when to look again, in milliseconds, or undefined when nothing
   * waits.
   */
  sweep(now: number = performance.now()): number | undefined {
    const { graceMillis, traceTimeoutMillis } = this.#options;
    const until = performance.now() + SLICE_MILLIS;
    let next: number | undefined;
    for (const trace of this.#idle) {
      const rest = trace.isRemote ? graceMillis - (now - (trace.idleSince ?? now)) : 0;
      if (rest <= 0) this.#handOver(trace, undefined);
      else next = Math.min(next ?? rest, rest);
      if (performance.now() > until) return 0;
    }
    for (const trace of this.#traces.values()) {
      const rest = traceTimeoutMillis - (now - trace.since);
      if (rest > 0) return Math.min(next ?? rest, rest);
      if (trace.ended.length > 0) {
        this.#handOver(trace, "timeout");
      } else {
        this.#forget(trace); // for good, where its open spans were quiet all the time: they may never end
        if (now - trace.activeAt < traceTimeoutMillis) this.#goOn(trace);
      }
      if (performance.now() > until) return 0;
    }
    return next;
  }

  /**
   * Hands over all that has ended by now; traces that go on will follow in parts.
   * @param pause called after about 5 ms of work at a time.
   */
  async flush(pause: () => Promise<void>): Promise<void> {
    let until = performance.now() + SLICE_MILLIS;
    for (const trace of [...this.#traces.values()]) {
      this.#flushOne(trace);
      if (performance.now() <= until) continue;
      await pause();
      until = performance.now() + SLICE_MILLIS;
    }
  }

  /** The same at one go, for the end of the process. */
  flushNow(): void {
    for (const trace of [...this.#traces.values()]) this.#flushOne(trace);
  }

  status(): AssemblerStatus {
    return {
      openTraces: this.#traces.size,
      waitingSpans: this.#waitingSpans,
      waitingBytes: this.#waitingBytes,
      completed: this.#completed,
      early: { ...this.#early },
      late: this.#late,
    };
  }

  #flushOne(trace: OpenTrace): void {
    const isComplete = trace.lineage.openCount === 0;
    if (trace.ended.length > 0) this.#handOver(trace, isComplete ? undefined : "flush");
    else if (isComplete) this.#forget(trace);
  }

  #add(trace: OpenTrace, span: GenAISpan): void {
    if (this.#handedOver.has(trace.traceId)) this.#late++;
    const bytes = estimateBytes(span);
    trace.ended.push(span);
    trace.bytes += bytes;
    this.#waitingSpans++;
    this.#waitingBytes += bytes;
  }

  #close(trace: OpenTrace, spanId: string, span: GenAISpan | undefined): void {
    trace.lineage.ended(spanId, span);
    trace.activeAt = performance.now();
    if (trace.lineage.openCount > 0) return;
    trace.idleSince = trace.activeAt;
    this.#idle.add(trace);
  }

  #traceOf(traceId: string): OpenTrace {
    const existing = this.#traces.get(traceId);
    if (existing !== undefined) return existing;
    const [oldest] = this.#traces.values();
    if (oldest !== undefined && this.#traces.size >= this.#options.maxTraces) {
      this.#handOver(oldest, "limit");
      this.#forget(oldest);
    }
    const now = performance.now();
    const trace: OpenTrace = {
      traceId,
      lineage: new Lineage(),
      since: now,
      activeAt: now,
      ended: [],
      bytes: 0,
      idleSince: undefined,
      isRemote: false,
    };
    this.#traces.set(traceId, trace);
    return trace;
  }

  /** @param early why it does not wait any longer; undefined for a trace that is complete. */
  #handOver(trace: OpenTrace, early: keyof AssemblerStatus["early"] | undefined): void {
    const { ended } = trace;
    this.#waitingSpans -= ended.length;
    this.#waitingBytes -= trace.bytes;
    trace.ended = [];
    trace.bytes = 0;
    this.#forget(trace);
    if (trace.lineage.openCount > 0) this.#goOn(trace);
    if (ended.length === 0) return;
    this.#handedOver.add(trace.traceId);
    this.#completed++;
    if (early !== undefined) this.#early[early]++;
    this.#complete(new Trace(ended));
  }

  /** As the youngest; ancestors stay known. */
  #goOn(trace: OpenTrace): void {
    trace.since = performance.now();
    this.#traces.set(trace.traceId, trace);
  }

  #forget(trace: OpenTrace): void {
    if (this.#traces.get(trace.traceId) === trace) this.#traces.delete(trace.traceId);
    this.#idle.delete(trace);
  }
}
