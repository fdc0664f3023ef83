import { GenAISpan, type ReadableSpanLike, type Trace } from "@genspan/mapping";
import { type Context, diag, type Span } from "@opentelemetry/api";
import type { RetryOptions } from "./backoff.ts";
import type { DestinationStatus } from "./counters.ts";
import { type DeadLetter, Delivery } from "./delivery.ts";
import type { Destination, SpanFilter } from "./destination.ts";
import { stampAttributes } from "./propagate-attributes.ts";
import { MemoryQueue, type MemoryQueueOptions } from "./queue/memory-queue.ts";
import { type AssemblerOptions, type AssemblerStatus, TraceAssembler } from "./trace-assembler.ts";

export interface GenAISpanProcessorOptions {
  /** Their names must differ. */
  readonly destinations: readonly Destination[];
  /** Spans that it refuses reach no destination; they are counted as `filtered`. */
  readonly shouldExport?: SpanFilter;
  /** Bounds of each destination's queue. Default: 100 000 items, 64 MiB, `drop-newest`. */
  readonly queue?: Partial<MemoryQueueOptions>;
  readonly retry?: Partial<RetryOptions>;
  readonly assembly?: Partial<AssemblerOptions>;
  /** Told of everything that is given up after it was accepted, with the reason. */
  readonly onDeadLetter?: (letter: DeadLetter) => void;
}

export interface ExporterStatus {
  readonly destinations: readonly DestinationStatus[];
  readonly traces: AssemblerStatus;
  /** Ended spans that have not been handed to the destinations yet. */
  readonly pending: number;
  /** Spans that `shouldExport` refused. */
  readonly filtered: number;
  /** Spans that could not be read at all, such as one whose attributes throw. */
  readonly unreadable: number;
}

const SLICE_MILLIS = 5;
const DEFAULT_FLUSH_MILLIS = 30_000;

/**
 * Delivers ended spans to any number of destinations. It is a `SpanProcessor` of OpenTelemetry SDK 1.30, 2.x and 3.x,
 * to be put beside others. Ending a span only puts it in a list; everything else happens in later turns of the event
 * loop, at most 5 ms in one turn.
 */
export class GenAISpanProcessor {
  readonly #deliveries: readonly Delivery[];
  readonly #assembler: TraceAssembler;
  readonly #shouldExport: SpanFilter | undefined;
  readonly #needsTraces: boolean;
  #pending: ReadableSpanLike[] = [];
  #head = 0;
  #slice: NodeJS.Immediate | undefined;
  #sweep: NodeJS.Timeout | undefined;
  #awaited: Set<Promise<void>> = new Set();
  #filtered = 0;
  #unreadable = 0;
  #isShutDown = false;
  #shutdown: Promise<void> | undefined;

  /** @throws {TypeError} when two destinations have the same name. */
  constructor(options: GenAISpanProcessorOptions) {
    const { destinations, queue, retry, assembly, onDeadLetter } = options;
    const names = destinations.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new TypeError(`two destinations are named "${twice}": give one of them another \`name\``);
    }
    this.#shouldExport = options.shouldExport;
    this.#deliveries = destinations.map(
      (destination) =>
        new Delivery(destination, {
          queue: new MemoryQueue({ maxItems: 100_000, maxBytes: 64 * 1024 * 1024, overflow: "drop-newest", ...queue }),
          retry: { maxAttempts: 8, initialDelayMillis: 500, maxDelayMillis: 30_000, ...retry },
          onDeadLetter,
        }),
    );
    this.#needsTraces = destinations.some(({ unit }) => unit === "trace");
    this.#assembler = new TraceAssembler(
      { traceTimeoutMillis: 60_000, graceMillis: 1000, maxTraces: 1000, maxSpansPerTrace: 5000, ...assembly },
      (trace) => this.#deliverTrace(trace),
    );
  }

  onStart(span: Span, parentContext: Context): void {
    if (this.#isShutDown) return;
    try {
      stampAttributes(span, parentContext);
      // Every SDK hands over its own span object, which is readable.
      this.#assembler.started(span as unknown as ReadableSpanLike);
    } catch (error) {
      this.#unreadableSpan(error);
    }
  }

  onEnd(span: ReadableSpanLike): void {
    if (this.#isShutDown) return;
    this.#pending.push(span);
    this.#slice ??= setImmediate(() => this.#work(performance.now() + SLICE_MILLIS));
  }

  /** Resolves when every span that has ended and every complete trace is delivered or given up, retries included. */
  async forceFlush(): Promise<void> {
    await this.flush({ timeoutMillis: DEFAULT_FLUSH_MILLIS });
  }

  /** As `forceFlush`, but no longer than `timeoutMillis`. @returns how many items are still queued. */
  async flush({ timeoutMillis }: { readonly timeoutMillis: number }): Promise<{ readonly queued: number }> {
    await this.#drain(false);
    await within(timeoutMillis, Promise.all(this.#deliveries.map((delivery) => delivery.idle())));
    return { queued: this.#deliveries.reduce((sum, delivery) => sum + delivery.status().queued, 0) };
  }

  /** Delivers what there is, incomplete traces included, and gives up what cannot be delivered. Once only. */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#close();
    return this.#shutdown;
  }

  status(): ExporterStatus {
    return {
      destinations: this.#deliveries.map((delivery) => delivery.status()),
      traces: this.#assembler.status(),
      pending: this.#pending.length - this.#head,
      filtered: this.#filtered,
      unreadable: this.#unreadable,
    };
  }

  async #close(): Promise<void> {
    this.#isShutDown = true;
    await this.#drain(true);
    clearTimeout(this.#sweep);
    const idle = Promise.all(this.#deliveries.map((delivery) => delivery.idle()));
    const isIdle = await within(DEFAULT_FLUSH_MILLIS / 6, idle);
    if (!isIdle) {
      for (const delivery of this.#deliveries) delivery.close();
      await within(DEFAULT_FLUSH_MILLIS / 6, idle);
    }
    await Promise.allSettled(this.#deliveries.map((delivery) => delivery.destination.shutdown?.()));
  }

  /** Handles every span that has ended so far. */
  async #drain(everything: boolean): Promise<void> {
    this.#work(Number.POSITIVE_INFINITY);
    while (this.#awaited.size > 0) await Promise.all(this.#awaited);
    this.#assembler.flush(everything);
  }

  #work(until: number): void {
    clearImmediate(this.#slice);
    this.#slice = undefined;
    while (this.#head < this.#pending.length) {
      const span = this.#pending[this.#head++];
      if (span !== undefined) this.#take(span);
      if (performance.now() > until) break;
    }
    if (this.#head < this.#pending.length) {
      this.#slice = setImmediate(() => this.#work(performance.now() + SLICE_MILLIS));
    } else {
      this.#pending = [];
      this.#head = 0;
    }
    this.#sweepTraces();
  }

  #take(span: ReadableSpanLike): void {
    try {
      const { resource } = span;
      if (resource.asyncAttributesPending && resource.waitForAsyncAttributes !== undefined) {
        const waiting: Promise<void> = resource
          .waitForAsyncAttributes()
          .catch((error: unknown) => diag.debug(`genspan: resource attributes: ${String(error)}`))
          .then(() => this.#route(span))
          .finally(() => {
            this.#awaited.delete(waiting);
            this.#sweepTraces();
          });
        this.#awaited.add(waiting);
        return;
      }
    } catch {
      // A resource that cannot be read is found out when the span is.
    }
    this.#route(span);
  }

  #route(readable: ReadableSpanLike): void {
    try {
      const span = new GenAISpan(readable);
      if (this.#shouldExport?.(readable) === false) {
        this.#filtered++;
        this.#assembler.dropped(span.traceId, span.spanId);
        return;
      }
      let lineage: Trace | undefined;
      for (const delivery of this.#deliveries) {
        if (delivery.destination.unit === "trace") continue;
        guarded(delivery.destination.name, () => {
          if (!delivery.destination.accepts(span)) return delivery.filtered();
          lineage ??= this.#assembler.lineageOf(span);
          delivery.deliver({ span, trace: lineage });
        });
      }
      if (this.#needsTraces) this.#assembler.ended(span);
      else this.#assembler.dropped(span.traceId, span.spanId);
    } catch (error) {
      this.#unreadableSpan(error);
    }
  }

  #deliverTrace(whole: Trace): void {
    for (const delivery of this.#deliveries) {
      const { unit, accepts, name } = delivery.destination;
      if (unit !== "trace") continue;
      guarded(name, () => {
        const kept = whole.keep(accepts);
        const root = kept?.root;
        if (kept === undefined || root === undefined) delivery.filtered();
        else delivery.deliver({ span: root, trace: kept });
      });
    }
  }

  #sweepTraces(): void {
    const again = this.#assembler.sweep();
    clearTimeout(this.#sweep);
    if (again === undefined) return;
    this.#sweep = setTimeout(() => this.#sweepTraces(), again);
    this.#sweep.unref();
  }

  #unreadableSpan(error: unknown): void {
    if (this.#unreadable++ === 0) {
      diag.warn(`genspan: a span could not be read and was left out: ${String(error)}. status() counts further ones.`);
    }
  }
}

/** A destination's own fault must not cost the others the span. */
function guarded(name: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    diag.warn(`genspan: destination ${name} failed on a span: ${String(error)}`);
  }
}

/** @returns whether the promise settled in time. */
async function within(millis: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), millis);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
