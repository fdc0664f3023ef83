import { stopTimer, type Timer, unrefTimer } from "../runtime/timers.ts";
import { delayAfter, type RetryOptions } from "./backoff.ts";

/** Whether a destination is sent to. */
export interface GateStatus {
  /** `open`: as much as it takes. `waiting`: it failed and is tried again. `blocked`: someone has to act. */
  readonly state: "open" | "waiting" | "blocked";
  /** When it is tried next; undefined while an attempt is on its way. */
  readonly nextTryMillis: number | undefined;
}

/**
 * The circuit breaker of one destination. After a failure nothing is sent for a while, then a single batch tries; when
 * that is taken, all goes on. Times are of the monotonic clock: setting the clock of the machine changes nothing.
 */
export class Gate {
  readonly #options: RetryOptions;
  readonly #opened: () => void;
  #failures = 0;
  #isBlocked = false;
  #until = 0;
  /** When what the server asked for is over. */
  #askedUntil = 0;
  /** Someone acted while an attempt was on its way. */
  #isResumed = false;
  #timer: Timer | undefined;
  #isClosing = false;
  #isShut = false;

  /** @param opened called when there may be a try again. */
  constructor(options: RetryOptions, opened: () => void) {
    this.#options = options;
    this.#opened = opened;
  }

  /** How many batches may be on their way now. */
  allowance(concurrency: number): number {
    if (this.#isShut || this.#timer !== undefined) return 0;
    return this.#failures > 0 && !this.#isClosing ? 1 : concurrency;
  }

  /** A batch was taken. One that was on its way already does not shorten the wait that the server asked for since. */
  succeeded(): void {
    this.#failures = 0;
    this.#isBlocked = false;
    this.#isResumed = false;
    const rest = this.#askedUntil - performance.now();
    this.#wake();
    if (rest > 0 && !this.#isClosing) this.#wait(rest);
  }

  failed(retryAfterMillis: number | undefined): void {
    // Batches that were on their way together fail together: one step, but no sooner than the longest wait asked for.
    if (this.#timer === undefined) this.#failures++;
    this.#isBlocked = false;
    const asked = Math.min(retryAfterMillis ?? 0, this.#options.maxRetryAfterMillis);
    this.#askedUntil = Math.max(this.#askedUntil, performance.now() + asked);
    this.#wait(delayAfter(this.#failures, this.#options, retryAfterMillis));
  }

  blocked(): void {
    if (this.#timer === undefined) this.#failures++;
    this.#isBlocked = true;
    const { blockedProbeMillis, maxBlockedProbeMillis } = this.#options;
    const probe = Math.min(blockedProbeMillis * 2 ** (this.#failures - 1), maxBlockedProbeMillis);
    this.#wait(this.#isResumed ? 0 : probe);
    this.#isResumed = false;
  }

  /** Tries now, for instance since a key was replaced. */
  resume(): void {
    this.#isResumed = this.#timer === undefined;
    if (this.#isResumed) return;
    this.#askedUntil = 0;
    this.#wake();
    this.#opened();
  }

  /** Whoever waits has one last try; after the next failure nothing is sent any more. */
  close(): void {
    this.#isClosing = true;
    this.resume();
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Nothing is sent any more. */
  shut(): void {
    this.#isShut = true;
    this.#wake();
  }

  status(): GateStatus {
    const state = this.#isBlocked ? "blocked" : this.#failures > 0 ? "waiting" : "open";
    const rest = this.#timer === undefined ? undefined : Math.max(0, this.#until - performance.now());
    return { state, nextTryMillis: rest };
  }

  #wait(millis: number): void {
    if (this.#isClosing) {
      this.shut();
      return;
    }
    const until = performance.now() + millis;
    if (this.#timer !== undefined && until <= this.#until) return;
    stopTimer(this.#timer);
    this.#until = until;
    this.#timer = unrefTimer(() => this.#due(), millis);
  }

  /** Timers may fire early by a part of a millisecond, and cannot hold more than 24 days. */
  #due(): void {
    const rest = this.#until - performance.now();
    if (rest > 0) {
      this.#timer = unrefTimer(() => this.#due(), Math.ceil(rest));
      return;
    }
    this.resume();
  }

  #wake(): void {
    stopTimer(this.#timer);
    this.#timer = undefined;
  }
}
