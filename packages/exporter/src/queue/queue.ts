/** Reasons for which queues refuse items, as `status()` counts them. */
export const QUEUE_FULL = "queue full";
export const SPOOL_FULL = "spool full";

/** Why something is not delivered. */
export interface FailureReason {
  /** The kind of trouble, such as `POST /logs: HTTP 400`. */
  readonly reason: string;
  /** About this one case. */
  readonly detail?: string | undefined;
}

/** What a queue tells the delivery that it belongs to. */
export interface QueueHooks {
  /** More can be taken than before. */
  readonly ready: () => void;
  /** Items that were accepted gave way. */
  readonly dropped: (count: number, reason: string) => void;
  /** Items were put aside by the queue itself. */
  readonly buried: (count: number, why: FailureReason) => void;
  /** Items of an earlier or another process were taken over. */
  readonly recovered: (count: number) => void;
}

/** What a queue in memory notes of an item that it holds. */
export interface Ticket {
  /** When it came, in milliseconds of `performance.now()`. */
  readonly at: number;
  readonly order: number;
  /** Its place among those that are lent; -1 where it waits, or is gone. */
  lentAs: number;
}

export interface Queueable {
  readonly bytes: number;
  /** The queue's own. */
  ticket?: Ticket | undefined;
}

/** Where the items of a queue are. */
export interface Storage {
  readonly kind: "memory" | "spool";
  /** Why it is memory where a spool was asked for, or what is wrong with the spool. */
  readonly reason?: string | undefined;
}

/**
 * Where items of one destination wait. What is taken is lent: it counts against the bounds, and a durable queue keeps
 * it, until it is settled, buried or given back.
 */
export interface Queue<T> {
  readonly storage: Storage;
  /** Why `add` refuses. */
  readonly fullReason: string;
  /** Items that can be taken at once; others that wait are on disk and are being read. */
  readonly ready: number;
  /** The `order` of what is taken next; undefined where nothing is ready. */
  readonly nextOrder: number | undefined;
  /** Items that wait or are on their way. */
  readonly length: number;
  /** Sum of the sizes of all `length` items. */
  readonly bytes: number;
  /** When the oldest item came, in milliseconds of `performance.now()`; undefined when empty. */
  readonly oldestAt: number | undefined;
  /** The least `order` of all items that wait or are on their way; undefined when empty. */
  readonly oldestOrder: number | undefined;
  /**
   * Adds an item. @param order grows from item to item. @returns whether there was room for it; older ones may have
   * given way, which the hook is told. @throws {Error} for what cannot be stored.
   */
  add(item: T, order: number): boolean;
  /**
   * Lends up to `maxItems` items that weigh at most `maxBytes` together, but at least one: the oldest, and others of its
   * group in their order.
   */
  take(maxItems: number, maxBytes: number, groupOf: (item: T) => string): readonly T[];
  /** Takes back what was not delivered. @param asSuspects they may be to blame themselves: others go first. */
  giveBack(items: readonly T[], asSuspects: boolean): void;
  /** The items were delivered: the queue forgets them. */
  settle(items: readonly T[]): void;
  /** The items are given up: a durable queue puts them aside with the reason. They may never have been added. */
  bury(items: readonly T[], why: FailureReason): void;
  /** Ends the queue. @returns how many items are lost by that; what a durable queue holds is not. */
  close(): number;
}
