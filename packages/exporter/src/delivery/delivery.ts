import type { Destination, Encoded, Item, SendResult, Unit } from "../destination.ts";
import type { FailureReason, Queue, QueueHooks } from "../queue/queue.ts";
import { WaitingRoom } from "../queue/waiting-room.ts";
import type { Redaction } from "../redaction.ts";
import { stopTimer, type Timer, unrefTimer } from "../runtime/timers.ts";
import { Waiters } from "../runtime/waiters.ts";
import { messageOf, safely } from "../runtime/warn-once.ts";
import type { RetryOptions } from "./backoff.ts";
import { BatchSender } from "./batch-sender.ts";
import type { DeadLetter } from "./dead-letters.ts";
import { DeliveryLedger } from "./delivery-ledger.ts";
import type { DestinationStatus } from "./destination-status.ts";
import { FailureHistory } from "./failure-history.ts";
import { Gate } from "./gate.ts";

export interface DeliveryOptions {
  readonly openQueue: (destination: Destination, hooks: QueueHooks) => Queue<Item>;
  readonly retry: RetryOptions;
  readonly redaction?: Redaction | undefined;
  /** For policy `block`: how long what a full queue refuses waits for room; 0 for other policies. */
  readonly blockMillis: number;
  /** Overrides how long batches wait to be filled. */
  readonly lingerMillis?: number | undefined;
  readonly onDeadLetter: ((letter: DeadLetter) => void) | undefined;
}

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_LINGER_MILLIS = 200;
const ROOM_BYTES = 16 * 1024 * 1024;
const REJECTED = "rejected by the receiver";

/** One destination's queue and the batches that are on their way: nothing here touches another destination. */
export class Delivery {
  readonly destination: Destination;
  readonly #queue: Queue<Item>;
  readonly #room: WaitingRoom<Item>;
  readonly #blockMillis: number;
  readonly #gate: Gate;
  readonly #failures: FailureHistory;
  readonly #sender: BatchSender;
  readonly #ledger: DeliveryLedger;
  readonly #redaction: Redaction | undefined;
  readonly #lingerMillis: number;
  readonly #waiters = new Waiters((upTo) => this.#isStuck() || !this.#isOpen(upTo));
  #order = 0;
  /** What came up to then goes without waiting for more. */
  #hurryUpTo = 0;
  #inFlight = 0;
  #batchesSent = 0;
  /** Most bytes of a batch, as far as it is known. */
  #maxBytes: number;
  #linger: Timer | undefined;
  #isUnflushed = false;

  constructor(destination: Destination, options: DeliveryOptions) {
    const { openQueue, retry, onDeadLetter } = options;
    this.destination = destination;
    this.#redaction = options.redaction;
    this.#maxBytes = destination.maxBytes ?? Number.POSITIVE_INFINITY;
    this.#lingerMillis = options.lingerMillis ?? destination.lingerMillis ?? DEFAULT_LINGER_MILLIS;
    this.#ledger = new DeliveryLedger(destination.name, onDeadLetter);
    this.#failures = new FailureHistory(retry);
    this.#gate = new Gate(retry, () => this.#hurry());
    this.#sender = new BatchSender((items) => destination.send(items), retry.attemptTimeoutMillis, {
      delivered: (items, answer) => this.#delivered(items, answer),
      givenUp: (items, why) => this.#giveUp(items, this.#told(why)),
      deferred: (items, answer) => this.#defer(items, answer && this.#told(answer)),
      tooLarge: (items) => this.#learnLimit(items),
      isSuspect: (items) => this.#failures.isSuspect(items),
    });
    const dropped = (count: number, reason: string) => this.#drop(count, reason);
    this.#blockMillis = options.blockMillis;
    this.#room = new WaitingRoom({
      timeoutMillis: options.blockMillis,
      maxBytes: ROOM_BYTES,
      admit: (item, order) => this.#queue.add(item, order),
      dropped,
    });
    this.#queue = openQueue(destination, {
      ready: () => safely(this, () => this.#schedule()),
      dropped,
      buried: (count, why) => {
        this.#ledger.gaveUp(why, [], count);
        this.#left();
      },
      recovered: (count) => {
        this.#ledger.recovered += count;
      },
    });
  }

  /** Takes a unit over: from here on it is sent, given up with a reason, or queued. Never throws. */
  deliver(given: Unit): void {
    this.#ledger.accepted++;
    const unit = this.#redaction?.unit(given) ?? given;
    const encoded = this.#encode(unit);
    if (encoded.status === "rejected") {
      this.#reject(unit.span, encoded.payload, encoded);
      return;
    }
    try {
      this.#enter(encoded.item, ++this.#order);
    } catch (error) {
      this.#reject(unit.span, encoded.item.payload, { reason: "could not be stored", detail: messageOf(error) });
    }
    this.#schedule();
  }

  filtered(): void {
    this.#ledger.filtered++;
  }

  /** A unit that could not even be looked at. */
  rejected(ids: { readonly traceId: string; readonly spanId: string }, payload: unknown, detail: string): void {
    this.#ledger.accepted++;
    const shown = this.#redaction === undefined ? payload : this.#redaction.payload(payload);
    this.#reject(ids, shown, { reason: "could not be encoded", detail });
  }

  /**
   * Resolves when what is queued now is delivered or given up, retries included; what comes later is not waited for,
   * nor is a destination that takes nothing before someone acts.
   */
  async settled(): Promise<void> {
    await this.#waiters.wait(this.#order, () => this.#hurry());
    if (!this.#isUnflushed) return;
    this.#isUnflushed = false;
    await this.destination.flush?.();
  }

  /** Sends again now what waits to be tried again, for instance since a key was replaced. */
  resume(): void {
    this.#gate.resume();
  }

  /** Stops retrying: whoever waits has one last try. */
  close(): void {
    this.#gate.close();
  }

  /** Ends it. What only memory holds is dropped, what a spool holds stays there. */
  abandon(reason: string): void {
    stopTimer(this.#linger);
    this.#gate.shut();
    this.#drop(this.#queue.close() + this.#room.close(), reason);
    this.#waiters.wake();
  }

  status(): DestinationStatus {
    const { length, bytes, oldestAt, storage } = this.#queue;
    return {
      ...this.#ledger.status(),
      queued: length + this.#room.length,
      queuedBytes: bytes + this.#room.bytes,
      oldestAgeMillis: oldestAt === undefined ? undefined : performance.now() - oldestAt,
      gate: this.#gate.status(),
      redaction: this.#redaction?.redactor.counts,
      storage,
    };
  }

  #enter(item: Item, order: number): void {
    if (this.#room.length === 0 && this.#queue.add(item, order)) return;
    if (this.#blockMillis > 0 && this.#room.enter(item, order)) return;
    this.#drop(1, this.#queue.fullReason);
  }

  #encode(unit: Unit): Encoded {
    try {
      return this.destination.encode(unit);
    } catch (error) {
      const detail = messageOf(error);
      return { status: "rejected", reason: "could not be encoded", detail, payload: unit.span.source };
    }
  }

  /** Sends what is queued now without waiting for batches to fill. */
  #hurry(): void {
    stopTimer(this.#linger);
    this.#linger = undefined;
    this.#hurryUpTo = this.#order;
    this.#dispatch();
  }

  #schedule(): void {
    this.#dispatch();
    if (this.#linger !== undefined || this.#queue.ready === 0) return;
    this.#linger = unrefTimer(() => safely(this, () => this.#hurry()), this.#lingerMillis);
  }

  /** Sends full batches, and those that have waited long enough. */
  #dispatch(): void {
    const { maxItems, concurrency = DEFAULT_CONCURRENCY } = this.destination;
    while (this.#isDue(maxItems) && this.#inFlight < this.#gate.allowance(concurrency)) {
      const batch = this.#queue.take(maxItems, this.#maxBytes, (item) => item.group);
      if (batch.length === 0) return;
      this.#inFlight++;
      const next = () => {
        this.#inFlight--;
        this.#schedule();
      };
      void this.#sender.deliver(batch).then(() => safely(this, next));
    }
  }

  #isDue(maxItems: number): boolean {
    const { ready, nextOrder } = this.#queue;
    return ready >= maxItems || (nextOrder !== undefined && nextOrder <= this.#hurryUpTo);
  }

  #delivered(items: readonly Item[], answer: Extract<SendResult, { status: "success" }>): void {
    this.#queue.settle(items);
    this.destination.release?.(items);
    const rejected = Math.min(answer.rejected ?? 0, items.length);
    this.#ledger.sent += items.length - rejected;
    this.#batchesSent++;
    this.#isUnflushed = true;
    const { reason, detail } = this.#told({ reason: REJECTED, detail: answer.detail });
    if (rejected > 0) this.#ledger.gaveUp({ reason, detail }, [], rejected);
    else if (detail) this.#ledger.warned(detail);
    this.#gate.succeeded();
    this.#left();
  }

  #giveUp(items: readonly Item[], why: FailureReason): void {
    this.#putAside(items, why);
    // It answered: whatever it thinks of this batch, it is there.
    this.#gate.succeeded();
    this.#left();
  }

  #putAside(items: readonly Item[], why: FailureReason): void {
    this.#queue.bury(items, why);
    this.#ledger.gaveUp(why, items);
  }

  #defer(items: readonly Item[], answer: Extract<SendResult, { status: "retryable" | "blocked" }> | undefined): void {
    if (answer?.status === "retryable") {
      this.#ledger.failed(answer);
      this.#tryAgain(items, answer);
    } else {
      if (answer !== undefined) this.#ledger.blocked(answer);
      if (answer !== undefined) this.#gate.blocked();
      this.#queue.giveBack(items, false);
    }
    this.#left();
  }

  #tryAgain(items: readonly Item[], answer: Extract<SendResult, { status: "retryable" }>): void {
    const isLast = this.#gate.isClosing && this.#queue.storage.kind === "memory";
    const { over, again } = isLast ? { over: items, again: [] } : this.#failures.sort(items, this.#batchesSent);
    this.#gate.failed(answer.retryAfterMillis);
    if (over.length > 0) this.#putAside(over, answer);
    if (again.length === 0) return;
    const { isAboutBatch = false, reason } = answer;
    if (isAboutBatch && again.length === 1 && this.#failures.isSuspect(again)) {
      this.#giveUp(again, { ...answer, reason: `${reason}, while others are taken` });
      return;
    }
    this.#ledger.retried++;
    this.#queue.giveBack(again, isAboutBatch);
  }

  #learnLimit(items: readonly Item[]): void {
    const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
    this.#maxBytes = Math.min(this.#maxBytes, Math.max(1, Math.floor(bytes / 2)));
  }

  #reject(ids: { readonly traceId: string; readonly spanId: string }, payload: unknown, why: FailureReason): void {
    const { traceId, spanId } = ids;
    const { reason, detail } = this.#told(why);
    this.#putAside([{ payload, bytes: 0, group: "", traceId, spanId }], { reason, detail });
  }

  #told<T extends FailureReason>(why: T): T {
    return this.#redaction?.why(why) ?? why;
  }

  #drop(count: number, reason: string): void {
    if (count === 0) return;
    this.#ledger.dropped(count, reason);
    this.#left();
  }

  /** Something left the queue: there is room for others, and someone may have waited for it. */
  #left(): void {
    this.#room.admit();
    this.#waiters.wake();
  }

  #isOpen(upTo: number): boolean {
    const oldest = Math.min(this.#queue.oldestOrder ?? Infinity, this.#room.oldestOrder ?? Infinity);
    return oldest <= upTo;
  }

  #isStuck(): boolean {
    const { state, nextTryMillis } = this.#gate.status();
    return state === "blocked" && nextTryMillis !== undefined;
  }
}
