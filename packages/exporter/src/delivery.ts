import type { RetryOptions } from "./backoff.ts";
import { type DeadLetter, DeadLetters } from "./dead-letters.ts";
import type { Destination, Encoded, Item, Unit } from "./destination.ts";
import type { DestinationStatus } from "./destination-status.ts";
import type { Queue } from "./queue/queue.ts";
import { ReasonCounts } from "./reason-counts.ts";
import { type Outcome, Retrying } from "./retrying.ts";
import { messageOf, safely, tellOnce } from "./tell-once.ts";
import { Tickets } from "./tickets.ts";

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
  readonly #queue: Queue<Item>;
  readonly #retrying: Retrying;
  readonly #deadLetters: DeadLetters;
  readonly #dropped = new ReasonCounts();
  readonly #tickets: Tickets<Item> = new Tickets();
  #inFlight = 0;
  #accepted = 0;
  #sent = 0;
  #retried = 0;
  #filtered = 0;
  #lastError: string | undefined;
  #linger: NodeJS.Timeout | undefined;
  #isUnflushed = false;

  constructor(destination: Destination, { queue, retry, onDeadLetter }: DeliveryOptions) {
    this.destination = destination;
    this.#queue = queue;
    this.#deadLetters = new DeadLetters(destination.name, onDeadLetter);
    this.#retrying = new Retrying((items) => destination.send(items), retry, {
      settled: (items, outcome) => this.#settled(items, outcome),
      retried: (reason) => {
        this.#retried++;
        this.#lastError = reason;
      },
    });
  }

  /** Takes a unit over: from here on it is sent, given up with a reason, or queued. Never throws. */
  deliver(unit: Unit): void {
    const { spanId } = unit.span;
    this.#accepted++;
    const encoded = this.#encode(unit);
    if (encoded.status === "rejected") {
      this.#giveUp(encoded, [{ payload: encoded.payload, spanId }]);
      return;
    }
    const givenUp = this.#queue.add(encoded.item);
    this.#tickets.enter(encoded.item);
    if (givenUp.length > 0) {
      this.#tickets.leave(givenUp);
      this.#dropped.add("queue full", givenUp.length);
      tellOnce(this, "queue full", `the queue of ${this.destination.name} is full, spans are dropped`);
    }
    this.#schedule();
  }

  filtered(): void {
    this.#filtered++;
  }

  /** A unit that could not even be looked at. */
  rejected(spanId: string, payload: unknown, detail: string): void {
    this.#accepted++;
    this.#giveUp({ reason: "could not be encoded", detail }, [{ payload, spanId }]);
  }

  /** Resolves when what is queued now is delivered or given up, retries included; what comes later is not waited for. */
  async settled(): Promise<void> {
    const settled = this.#tickets.settled();
    this.#hurry();
    await settled;
    if (!this.#isUnflushed) return;
    this.#isUnflushed = false;
    await this.destination.flush?.();
  }

  /** Stops retrying: what fails from here on is given up at once. */
  close(): void {
    this.#retrying.close();
  }

  /** Drops what still waits. */
  abandon(reason: string): void {
    clearTimeout(this.#linger);
    const left = this.#queue.clear();
    if (left.length > 0) this.#dropped.add(reason, left.length);
    this.#tickets.leave(left);
  }

  status(): DestinationStatus {
    const { length, bytes, oldestAt } = this.#queue;
    return {
      name: this.destination.name,
      accepted: this.#accepted,
      sent: this.#sent,
      ...this.#deadLetters.status(),
      dropped: this.#dropped.toRecord(),
      queued: length,
      queuedBytes: bytes,
      oldestAgeMillis: oldestAt === undefined ? undefined : performance.now() - oldestAt,
      retried: this.#retried,
      filtered: this.#filtered,
      lastError: this.#lastError,
    };
  }

  #encode(unit: Unit): Encoded {
    try {
      return this.destination.encode(unit);
    } catch (error) {
      const detail = messageOf(error);
      return { status: "rejected", reason: "could not be encoded", detail, payload: unit.span.source };
    }
  }

  /** Sends what is queued without waiting for batches to fill. */
  #hurry(): void {
    clearTimeout(this.#linger);
    this.#linger = undefined;
    this.#dispatch(true);
  }

  #schedule(): void {
    if (this.#queue.waiting >= this.destination.maxItems) {
      this.#dispatch(false);
    } else if (this.#linger === undefined && this.#queue.waiting > 0) {
      this.#linger = setTimeout(
        () => safely(this, () => this.#hurry()),
        this.destination.lingerMillis ?? DEFAULT_LINGER_MILLIS,
      );
      this.#linger.unref();
    }
  }

  /** @param partial whether a batch may go that is not full. */
  #dispatch(partial: boolean): void {
    const { maxItems, maxBytes = Number.POSITIVE_INFINITY, concurrency = DEFAULT_CONCURRENCY } = this.destination;
    while (this.#inFlight < concurrency && this.#queue.waiting >= (partial ? 1 : maxItems)) {
      const batch = this.#queue.take(maxItems, maxBytes, (item) => item.group);
      this.#inFlight++;
      const next = () => {
        this.#inFlight--;
        // Whoever waits wants the rest now, not when a batch is full.
        this.#dispatch(partial || this.#tickets.hasWaiters);
        this.#schedule();
      };
      void this.#retrying.deliver(batch).then(() => safely(this, next));
    }
  }

  #settled(items: readonly Item[], outcome: Outcome): void {
    this.#queue.settle(items);
    if (outcome.status === "failure") {
      this.#giveUp(outcome, items);
    } else {
      this.#sent += items.length;
      this.#isUnflushed = true;
    }
    this.#tickets.leave(items);
  }

  #giveUp(
    why: { readonly reason: string; readonly detail?: string | undefined },
    items: readonly { readonly payload: unknown; readonly spanId: string }[],
  ): void {
    this.#lastError = why.detail === undefined ? why.reason : `${why.reason} (${why.detail})`;
    this.#deadLetters.add(why, items);
  }
}
