import type { Item, SendResult } from "../destination.ts";
import { ownTurn, stopTimer, type Timer, unrefTimer } from "../runtime/timers.ts";
import { untraced } from "../runtime/untraced.ts";
import { messageOf } from "../runtime/warn-once.ts";

type Answer<S extends SendResult["status"]> = Extract<SendResult, { status: S }>;

/** What became of the parts of a batch; each item is in exactly one of these calls. */
export interface BatchHooks {
  readonly delivered: (items: readonly Item[], answer: Answer<"success">) => void;
  readonly givenUp: (items: readonly Item[], answer: Answer<"failure">) => void;
  /** To be sent later. `answer` is undefined for parts that were not tried since another part has to wait. */
  readonly deferred: (items: readonly Item[], answer: Answer<"retryable" | "blocked"> | undefined) => void;
  readonly tooLarge: (items: readonly Item[]) => void;
  /** Whether a batch failed so often, while others were taken, that the fault must be in it. */
  readonly isSuspect: (items: readonly Item[]) => boolean;
}

/** Sends a batch, and divides what may do better in parts: one bad record must not cost its neighbours. */
export class BatchSender {
  readonly #send: (items: readonly Item[]) => Promise<SendResult>;
  readonly #timeoutMillis: number;
  readonly #hooks: BatchHooks;

  constructor(send: (items: readonly Item[]) => Promise<SendResult>, timeoutMillis: number, hooks: BatchHooks) {
    this.#send = send;
    this.#timeoutMillis = timeoutMillis;
    this.#hooks = hooks;
  }

  /** Resolves when each item has had its outcome; never rejects. @returns false when something has to wait. */
  async deliver(items: readonly Item[]): Promise<boolean> {
    await ownTurn(); // a batch is made into bytes within `send`
    const answer = await this.#attempt(items);
    switch (answer.status) {
      case "success":
        this.#hooks.delivered(items, answer);
        return true;
      case "failure":
        return this.#fail(items, answer);
      default:
        if (answer.status === "retryable" && answer.isAboutBatch && items.length > 1 && this.#hooks.isSuspect(items)) {
          return this.#divide(items);
        }
        this.#hooks.deferred(items, answer);
        return false;
    }
  }

  /** Halves are sent on their own until the bad record stands alone. */
  async #fail(items: readonly Item[], answer: Answer<"failure">): Promise<boolean> {
    if (!answer.divisible || items.length < 2) {
      this.#hooks.givenUp(items, answer);
      return true;
    }
    if (answer.tooLarge) this.#hooks.tooLarge(items);
    return this.#divide(items);
  }

  /** Delivers the halves of a batch, one after the other. */
  async #divide(items: readonly Item[]): Promise<boolean> {
    const middle = items.length >> 1;
    const rest = items.slice(middle);
    if (await this.deliver(items.slice(0, middle))) return this.deliver(rest);
    this.#hooks.deferred(rest, undefined);
    return false;
  }

  async #attempt(items: readonly Item[]): Promise<SendResult> {
    let timer: Timer | undefined;
    const late = new Promise<SendResult>((resolve) => {
      const reason = `not settled within ${this.#timeoutMillis} ms`;
      timer = unrefTimer(() => resolve({ status: "retryable", reason }), this.#timeoutMillis);
    });
    try {
      return await Promise.race([untraced(() => this.#send(items)), late]);
    } catch (error) {
      return { status: "failure", reason: "could not be sent", detail: messageOf(error), divisible: true };
    } finally {
      stopTimer(timer);
    }
  }
}
