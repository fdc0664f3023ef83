interface Waiter {
  readonly upTo: number;
  readonly resolve: () => void;
}

/** Those who wait until everything up to an order has left a delivery. */
export class DeliveryWaiters {
  readonly #isOver: (upTo: number) => boolean;
  #waiters: Waiter[] = [];

  /** @param isOver whether nobody need wait for what came up to then. */
  constructor(isOver: (upTo: number) => boolean) {
    this.#isOver = isOver;
  }

  /** @param start called when the wait has begun. */
  async wait(upTo: number, start: () => void): Promise<void> {
    if (this.#isOver(upTo)) return;
    const over = new Promise<void>((resolve) => this.#waiters.push({ upTo, resolve }));
    start();
    await over;
  }

  wake(): void {
    if (this.#waiters.length === 0) return;
    const due = this.#waiters.filter(({ upTo }) => this.#isOver(upTo));
    if (due.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => !due.includes(waiter));
    for (const { resolve } of due) resolve();
  }
}
