import { delayAfter, type RetryOptions } from "./backoff.ts";
import type { Item, SendResult } from "./destination.ts";
import { ownTurn } from "./own-turn.ts";
import { messageOf } from "./tell-once.ts";
import { untraced } from "./untraced.ts";

/** What became of items in the end. */
export type Outcome = Exclude<SendResult, { status: "retryable" }>;

export interface RetryingHooks {
  /** Called once for each part of a batch. */
  readonly settled: (items: readonly Item[], outcome: Outcome) => void;
  readonly retried: (reason: string) => void;
}

/** Sends batches until they are delivered or given up: waits and tries again, and divides what may do better in parts. */
export class Retrying {
  readonly #send: (items: readonly Item[]) => Promise<SendResult>;
  readonly #options: RetryOptions;
  readonly #hooks: RetryingHooks;
  readonly #waits: Map<NodeJS.Timeout, () => void> = new Map();
  #isClosed = false;

  constructor(send: (items: readonly Item[]) => Promise<SendResult>, options: RetryOptions, hooks: RetryingHooks) {
    this.#send = send;
    this.#options = options;
    this.#hooks = hooks;
  }

  /** Resolves when each item has had its outcome; never rejects. */
  async deliver(items: readonly Item[]): Promise<void> {
    let failingSince: number | undefined;
    for (let attempt = 1; ; attempt++) {
      // A batch is made into bytes within `send`.
      await ownTurn();
      const result = await this.#attempt(items);
      if (result.status === "success") return this.#hooks.settled(items, result);
      if (result.status === "failure") return this.#divide(items, result);
      const { reason, detail } = result;
      failingSince ??= performance.now();
      const { maxAttempts, maxElapsedMillis } = this.#options;
      if (this.#isClosed || attempt >= maxAttempts || performance.now() - failingSince >= maxElapsedMillis) {
        return this.#hooks.settled(items, { status: "failure", reason, detail });
      }
      this.#hooks.retried(reason);
      await this.#wait(delayAfter(attempt, this.#options, result.retryAfterMillis));
    }
  }

  /** From here on nothing is tried again; whoever waits has one last try now. */
  close(): void {
    this.#isClosed = true;
    for (const [timer, wake] of this.#waits) {
      clearTimeout(timer);
      wake();
    }
    this.#waits.clear();
  }

  /** One bad record must not cost its neighbours: halves are sent on their own until it stands alone. */
  async #divide(items: readonly Item[], outcome: Extract<SendResult, { status: "failure" }>): Promise<void> {
    if (!outcome.divisible || items.length < 2) return this.#hooks.settled(items, outcome);
    const middle = items.length >> 1;
    await this.deliver(items.slice(0, middle));
    await this.deliver(items.slice(middle));
  }

  async #attempt(items: readonly Item[]): Promise<SendResult> {
    const { attemptTimeoutMillis } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<SendResult>((resolve) => {
      const reason = `not settled within ${attemptTimeoutMillis} ms`;
      timer = setTimeout(() => resolve({ status: "retryable", reason }), attemptTimeoutMillis);
      timer.unref();
    });
    try {
      return await Promise.race([untraced(() => this.#send(items)), late]);
    } catch (error) {
      return { status: "failure", reason: "could not be sent", detail: messageOf(error), divisible: true };
    } finally {
      clearTimeout(timer);
    }
  }

  #wait(millis: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waits.delete(timer);
        resolve();
      }, millis);
      timer.unref();
      this.#waits.set(timer, resolve);
    });
  }
}
