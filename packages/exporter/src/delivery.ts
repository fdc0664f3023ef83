import { diag } from "@opentelemetry/api";
import { delayAfter, type RetryOptions } from "./backoff.ts";
import { type DestinationStatus, ReasonCounts } from "./counters.ts";
import type { Destination, Item, SendResult, Unit } from "./destination.ts";
import type { Queue } from "./queue/queue.ts";
import { untraced } from "./untraced.ts";

/** What was given up, for a hook of the user's. */
export interface DeadLetter {
  readonly destination: string;
  readonly reason: string;
  /** Records or spans, as they would have been sent. */
  readonly payloads: readonly unknown[];
}

export interface DeliveryOptions {
  readonly queue: Queue<Item>;
  readonly retry: RetryOptions;
  readonly onDeadLetter: ((letter: DeadLetter) => void) | undefined;
}

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_LINGER_MILLIS = 200;

/** One destination's queue and the batches that are on their way: nothing here touches another destination. */
export class Delivery {
  readonly destination: Destination;
  readonly #options: DeliveryOptions;
  readonly #deadLettered = new ReasonCounts();
  readonly #dropped = new ReasonCounts();
  readonly #waits: Map<NodeJS.Timeout, () => void> = new Map();
  readonly #told: Set<string> = new Set();
  #accepted = 0;
  #sent = 0;
  #retried = 0;
  #filtered = 0;
  #inFlightItems = 0;
  #inFlightBatches = 0;
  #lastError: string | undefined;
  #linger: NodeJS.Timeout | undefined;
  #idle: (() => void)[] = [];
  #closing = false;

  constructor(destination: Destination, options: DeliveryOptions) {
    this.destination = destination;
    this.#options = options;
  }

  /** Takes a unit over. From here on it is sent, given up with a reason, or queued. */
  deliver(unit: Unit): void {
    const encoded = this.destination.encode(unit);
    if (encoded.status === "filtered") {
      this.#filtered++;
      return;
    }
    this.#accepted++;
    if (encoded.status === "rejected") {
      this.#giveUp([encoded.payload], encoded.reason);
      return;
    }
    for (const item of this.#options.queue.add(encoded.item)) {
      this.#dropped.add("queue full", 1);
      this.#tell("queue full", `the queue of ${this.destination.name} is full: ${item.bytes} bytes were dropped`);
    }
    this.#schedule();
  }

  filtered(): void {
    this.#filtered++;
  }

  /** Sends what is queued without waiting for batches to fill. */
  hurry(): void {
    clearTimeout(this.#linger);
    this.#linger = undefined;
    this.#dispatch(true);
  }

  /** Resolves when nothing is queued or on its way; retries included. */
  async idle(): Promise<void> {
    this.hurry();
    if (!this.#isIdle()) await new Promise<void>((resolve) => this.#idle.push(resolve));
    await this.destination.flush?.();
  }

  /** Stops retrying: what fails from here on is given up at once. */
  close(): void {
    this.#closing = true;
    for (const [timer, wake] of this.#waits) {
      clearTimeout(timer);
      wake();
    }
    this.#waits.clear();
  }

  status(): DestinationStatus {
    const { queue } = this.#options;
    const { oldestAt } = queue;
    return {
      name: this.destination.name,
      accepted: this.#accepted,
      sent: this.#sent,
      deadLettered: this.#deadLettered.toRecord(),
      dropped: this.#dropped.toRecord(),
      queued: queue.length + this.#inFlightItems,
      queuedBytes: queue.bytes,
      oldestAgeMillis: oldestAt === undefined ? undefined : performance.now() - oldestAt,
      retried: this.#retried,
      filtered: this.#filtered,
      lastError: this.#lastError,
    };
  }

  #isIdle(): boolean {
    return this.#options.queue.length === 0 && this.#inFlightBatches === 0;
  }

  #schedule(): void {
    if (this.#options.queue.length >= this.destination.maxItems) {
      this.#dispatch(false);
    } else if (this.#linger === undefined && this.#options.queue.length > 0) {
      this.#linger = setTimeout(() => this.hurry(), this.destination.lingerMillis ?? DEFAULT_LINGER_MILLIS);
      this.#linger.unref();
    }
  }

  #dispatch(partial: boolean): void {
    const { queue } = this.#options;
    const { maxItems, maxBytes, concurrency } = this.destination;
    while (
      this.#inFlightBatches < (concurrency ?? DEFAULT_CONCURRENCY) &&
      queue.length > 0 &&
      (partial || queue.length >= maxItems)
    ) {
      const batch = queue.take(maxItems, maxBytes ?? Number.POSITIVE_INFINITY, (item) => item.group);
      this.#inFlightBatches++;
      this.#inFlightItems += batch.length;
      void this.#send(batch).then(() => {
        this.#inFlightBatches--;
        this.#inFlightItems -= batch.length;
        // Whoever waits for idleness wants the rest now, not when a batch is full.
        this.#dispatch(partial || this.#idle.length > 0);
        this.#schedule();
        if (this.#isIdle()) for (const resolve of this.#idle.splice(0)) resolve();
      });
    }
  }

  /** Never rejects. */
  async #send(batch: readonly Item[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const result = await this.#attempt(batch);
      if (result.status === "success") {
        this.#sent += batch.length;
        return;
      }
      this.#lastError = result.reason;
      const final = result.status === "failure" || this.#closing || attempt >= this.#options.retry.maxAttempts;
      if (final) {
        this.#giveUp(
          batch.map((item) => item.payload),
          result.reason,
        );
        return;
      }
      this.#retried++;
      await this.#wait(delayAfter(attempt, this.#options.retry, result.retryAfterMillis));
    }
  }

  async #attempt(batch: readonly Item[]): Promise<SendResult> {
    try {
      return await untraced(() => this.destination.send(batch));
    } catch (error) {
      return { status: "failure", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #wait(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waits.delete(timer);
        resolve();
      }, millis);
      timer.unref();
      this.#waits.set(timer, resolve);
    });
  }

  #giveUp(payloads: readonly unknown[], reason: string): void {
    this.#deadLettered.add(reason, payloads.length);
    this.#lastError = reason;
    this.#tell(reason, `${this.destination.name} gave up ${payloads.length} of its records: ${reason}`);
    try {
      this.#options.onDeadLetter?.({ destination: this.destination.name, reason, payloads });
    } catch (error) {
      this.#tell("onDeadLetter", `the onDeadLetter hook threw: ${String(error)}`);
    }
  }

  /** Each kind of trouble is told once; `status()` has the counts. */
  #tell(kind: string, message: string): void {
    if (this.#told.size >= 20 || this.#told.has(kind)) return;
    this.#told.add(kind);
    diag.warn(`genspan: ${message}. status() counts further ones.`);
  }
}
