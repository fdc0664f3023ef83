import type { ReadableSpanLike } from "@genspan/mapping/core";
import { type Context, type MeterProvider, metrics, type Span } from "@opentelemetry/api";
import { DEFAULT_RETRY } from "./delivery/backoff.ts";
import { Delivery } from "./delivery/delivery.ts";
import { observeDeliveries } from "./delivery/delivery-metrics.ts";
import type { Destination, Item } from "./destination.ts";
import type { ExporterStatus } from "./exporter-status.ts";
import type { GenAISpanProcessorOptions } from "./processor-options.ts";
import { MemoryQueue, type MemoryQueueOptions } from "./queue/memory-queue.ts";
import type { Queue, QueueHooks } from "./queue/queue.ts";
import { redactionsOf } from "./redaction.ts";
import { ownTurn, settlesWithin, stopTimer, type Timer, unrefTimer } from "./runtime/timers.ts";
import { messageOf, nameOf, safely, warnOnce } from "./runtime/warn-once.ts";
import { Intake } from "./spans/intake.ts";
import { stampAttributes } from "./spans/propagate-attributes.ts";
import { Router } from "./spans/router.ts";
import { DEFAULT_ASSEMBLY, TraceAssembler } from "./spans/trace-assembler.ts";
import { atProcessEnd, atSigterm } from "./spool/process-end.ts";
import { Spool } from "./spool/spool.ts";

/** How long the end of a process waits for the disk. */
const END_MILLIS = 3000;

const DEFAULT_QUEUE: MemoryQueueOptions = {
  maxItems: 100_000,
  maxBytes: 128 * 1024 * 1024,
  overflow: "drop-newest",
};

/**
 * Delivers ended spans to any number of destinations. It is a `SpanProcessor` of OpenTelemetry SDK 1.30, 2.x and 3.x,
 * to be put beside others. Ending a span only puts it in a list; everything else happens in later turns of the event
 * loop. Nothing here throws into the application: trouble is told once for each kind through `diag`, and counted.
 *
 * @example
 * const processor = new GenAISpanProcessor({ destinations: [otlp({ exporter: new OTLPTraceExporter() })] });
 * const provider = new BasicTracerProvider({ spanProcessors: [processor] });
 */
export class GenAISpanProcessor {
  readonly #deliveries: readonly Delivery[];
  readonly #assembler: TraceAssembler;
  readonly #router: Router;
  readonly #intake: Intake;
  readonly #needsTraces: boolean;
  readonly #describe: (error: unknown) => string;
  readonly #flushMillis: number;
  readonly #shutdownMillis: number;
  readonly #spool: Spool | undefined;
  readonly #waitUntil: ((work: Promise<unknown>) => void) | undefined;
  readonly #meterProvider: MeterProvider | undefined;
  #letProcessEnd: () => void = () => {};
  #ignoreSigterm: () => void = () => {};
  #stopMetrics: () => void = () => {};
  #isAwaited = false;
  #sweep: Timer | undefined;
  #ended = 0;
  #dropped = 0;
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
    const redactions = redactionsOf(destinations, options.redact, options.reading);
    const memory: MemoryQueueOptions = { ...DEFAULT_QUEUE, ...queue };
    this.#spool = options.spool === undefined ? undefined : new Spool(options.spool, memory, destinations.length);
    const openQueue = (destination: Destination, hooks: QueueHooks): Queue<Item> =>
      this.#spool?.openQueue(destination, hooks) ?? new MemoryQueue(memory, hooks);
    const isBlocking = (options.spool?.overflow ?? memory.overflow) === "block";
    this.#deliveries = destinations.map(
      (destination) =>
        new Delivery(destination, {
          openQueue,
          retry: { ...DEFAULT_RETRY, ...retry },
          redaction: redactions.get(destination),
          blockMillis: isBlocking ? (options.blockTimeoutMillis ?? 5000) : 0,
          ...(options.exportMode === "immediate" && { lingerMillis: 0 }),
          onDeadLetter,
        }),
    );
    this.#needsTraces =
      options.shouldExport !== undefined ||
      destinations.some(({ unit, needsAncestors }) => unit === "trace" || needsAncestors);
    this.#assembler = new TraceAssembler({ ...DEFAULT_ASSEMBLY, ...assembly }, (trace) =>
      this.#router.routeTrace(trace),
    );
    // An error that a span throws may quote it.
    this.#describe = redactions.size > 0 ? nameOf : messageOf;
    this.#router = new Router(this.#deliveries, options.shouldExport, this.#assembler, options.reading, this.#describe);
    this.#intake = new Intake({
      maxSpans: options.maxPendingSpans ?? 100_000,
      maxBytes: options.maxPendingBytes ?? 256 * 1024 * 1024,
      take: (span) => safely(this, () => this.#router.route(span)),
      afterTurn: () => this.#sweepTraces(),
    });
    this.#flushMillis = options.flushTimeoutMillis ?? 30_000;
    this.#shutdownMillis = options.shutdownTimeoutMillis ?? 10_000;
    this.#waitUntil = options.waitUntil;
    this.#meterProvider = options.meterProvider;
    if (options.handleSigterm) this.#ignoreSigterm = atSigterm(() => this.#atSigterm());
    if (this.#spool === undefined) return;
    this.#spool.start();
    this.#letProcessEnd = atProcessEnd(() => safely(this, () => this.#storeNow()));
  }

  onStart(span: Span, parentContext: Context): void {
    if (this.#isShutDown) return;
    try {
      stampAttributes(span, parentContext);
      // Every SDK hands over its own span object, which is readable.
      if (this.#needsTraces) this.#assembler.started(span as unknown as ReadableSpanLike);
    } catch (error) {
      warnOnce(this, "start", `a span could not be read when it started: ${this.#describe(error)}`);
    }
  }

  onEnd(span: ReadableSpanLike): void {
    if (this.#isShutDown) return;
    if (this.#ended++ === 0) this.#startMetrics();
    if (!this.#intake.add(span)) {
      this.#dropped++;
      warnOnce(
        this,
        "pending",
        "too many spans ended at once, further ones are dropped: raise maxPendingSpans or maxPendingBytes",
      );
    }
    if (this.#waitUntil !== undefined && !this.#isAwaited) this.#haveAwaited(this.#waitUntil);
  }

  /**
   * Resolves when every span that has ended is delivered or given up, retries included, or after `flushTimeoutMillis`.
   * Traces that are not complete are handed over as they are.
   */
  async forceFlush(): Promise<void> {
    await this.flush({ timeoutMillis: this.#flushMillis });
  }

  /** As `forceFlush`, but no longer than `timeoutMillis`. @returns how many spans and records are still on their way. */
  async flush({ timeoutMillis }: { readonly timeoutMillis: number }): Promise<{ readonly queued: number }> {
    await settlesWithin(timeoutMillis, this.#settled());
    const queued = this.#deliveries.reduce((sum, delivery) => sum + delivery.status().queued, this.#intake.length);
    return { queued };
  }

  /**
   * Resolves when everything that has ended is on disk or delivered, or after `timeoutMillis`: before a function is
   * frozen, this is much less to wait for than `flush`. @returns whether it is; false where there is no spool.
   */
  async store({ timeoutMillis }: { readonly timeoutMillis: number }): Promise<boolean> {
    const spool = this.#spool;
    if (spool === undefined || !spool.status().durable) return false;
    const stored = async (): Promise<void> => {
      await this.#intake.drained();
      await this.#assembler.flush(ownTurn);
      await spool.stored();
    };
    return settlesWithin(timeoutMillis, stored());
  }

  /** Tries destinations that failed, or that refused a key, again now. @param name of one; default: all. */
  resume(name?: string): void {
    for (const delivery of this.#deliveries) {
      if (name === undefined || delivery.destination.name === name) delivery.resume();
    }
  }

  /**
   * Delivers what there is, incomplete traces included, within `shutdownTimeoutMillis`; what cannot be delivered by
   * then is given up and counted. Once only; spans that end afterwards are ignored.
   */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#close();
    return this.#shutdown;
  }

  status(): ExporterStatus {
    const { filtered, unreadable, routed } = this.#router;
    return {
      destinations: this.#deliveries.map((delivery) => delivery.status()),
      traces: this.#assembler.status(),
      ended: this.#ended,
      pending: this.#intake.length,
      dropped: this.#dropped,
      filtered,
      unreadable,
      routed,
      spool: this.#spool?.status(),
    };
  }

  async #settled(): Promise<void> {
    await this.#intake.drained();
    await this.#assembler.flush(ownTurn);
    await Promise.allSettled(this.#deliveries.map((delivery) => delivery.settled()));
  }

  async #close(): Promise<void> {
    this.#isShutDown = true;
    const settled = this.#settled();
    // Half of the time for retries as usual, a quarter for a last try, and a quarter for the destinations to close.
    if (!(await settlesWithin(this.#shutdownMillis / 2, settled))) {
      for (const delivery of this.#deliveries) delivery.close();
      await settlesWithin(this.#shutdownMillis / 4, settled);
    }
    stopTimer(this.#sweep);
    // What there was no time to look at yet is stored or counted as well.
    this.#intake.drainNow();
    this.#assembler.flushNow();
    for (const delivery of this.#deliveries) delivery.abandon("shut down");
    this.#stopMetrics();
    if (this.#spool !== undefined && !(await settlesWithin(this.#shutdownMillis / 4, this.#spool.close()))) {
      this.#spool.giveUp();
    }
    // Until here a process that ends writes what is not on disk yet.
    this.#letProcessEnd();
    this.#ignoreSigterm();
    const closing = this.#deliveries.map(async ({ destination }) => destination.shutdown?.());
    await settlesWithin(this.#shutdownMillis / 4, Promise.allSettled(closing));
  }

  #startMetrics(): void {
    safely(this, () => {
      const provider = this.#meterProvider ?? metrics.getMeterProvider();
      this.#stopMetrics = observeDeliveries(provider, () => this.#deliveries.map((delivery) => delivery.status()));
    });
  }

  /** What a spool holds outlives the process; what is in memory alone has to be delivered. */
  async #atSigterm(): Promise<void> {
    if (this.#spool?.status().durable !== true) await this.flush({ timeoutMillis: this.#shutdownMillis });
    else safely(this, () => this.#storeNow());
  }

  /** What has not even been looked at comes first: the process ends when this returns. */
  #storeNow(): void {
    this.#isShutDown = true;
    this.#intake.drainNow();
    this.#assembler.flushNow();
    this.#spool?.storeNow(END_MILLIS);
  }

  /** One promise for all that ends while it is open. */
  #haveAwaited(waitUntil: (work: Promise<unknown>) => void): void {
    this.#isAwaited = true;
    const until = performance.now() + this.#flushMillis;
    const work = async (): Promise<void> => {
      for (let left = 1; left > 0 && performance.now() < until; ) {
        left = (await this.flush({ timeoutMillis: until - performance.now() })).queued;
      }
      this.#isAwaited = false;
    };
    try {
      waitUntil(work());
    } catch (error) {
      warnOnce(this, "waitUntil", `waitUntil threw: ${messageOf(error)}`);
    }
  }

  #sweepTraces(): void {
    stopTimer(this.#sweep);
    let again: number | undefined;
    safely(this, () => {
      again = this.#assembler.sweep();
    });
    if (again === undefined) return;
    this.#sweep = unrefTimer(() => this.#sweepTraces(), Math.max(1, again));
  }
}
