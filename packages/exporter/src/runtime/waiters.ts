interface Waiter {
  readonly upTo: number;
  readonly resolve: () => void;
}

/** Those who wait until everything up to a number is over, such as what was queued so far. */
export class Waiters {
  readonly #isOver: (upTo: number) => boolean;
  #waiters: Waiter[] = [];

  /** @param isOver whether nobody need wait for what came up to that number. */
  constructor(isOver: (upTo: number) => boolean) {
    this.#isOver = isOver;
  }

  /** @param start called when the wait has begun. */
  async wait(upTo: number, start?: () => void): Promise<void> {
    if (this.#isOver(upTo)) return;
    const over = new Promise<void>((resolve) => this.#waiters.push({ upTo, resolve }));
    start?.();
    await over;
  }

  /** Lets go on who need wait no longer. */
  wake(): void {
    if (this.#waiters.length === 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) {
      if (this.#isOver(waiter.upTo)) waiter.resolve();
      else this.#waiters.push(waiter);
    }
  }
}
