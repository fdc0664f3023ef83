interface Waiter {
  readonly upTo: number;
  readonly resolve: () => void;
}

/**
 * Knows which items are still on their way, so that someone can wait for those that are there now and not for later
 * ones. Each wait begins a new period; a wait is over when nothing of its period or an earlier one is left.
 */
export class Tickets<T> {
  readonly #periodOf: Map<T, number> = new Map();
  readonly #left: Map<number, number> = new Map();
  #period = 0;
  #waiters: Waiter[] = [];

  enter(item: T): void {
    this.#periodOf.set(item, this.#period);
    this.#left.set(this.#period, (this.#left.get(this.#period) ?? 0) + 1);
  }

  leave(items: readonly T[]): void {
    for (const item of items) {
      const period = this.#periodOf.get(item);
      if (period === undefined) continue;
      this.#periodOf.delete(item);
      const left = (this.#left.get(period) ?? 0) - 1;
      if (left > 0) this.#left.set(period, left);
      else this.#left.delete(period);
    }
    if (this.#waiters.length > 0) this.#wake();
  }

  get hasWaiters(): boolean {
    return this.#waiters.length > 0;
  }

  /** Resolves when everything that is here now has left. */
  async settled(): Promise<void> {
    if (this.#left.size === 0) return;
    const upTo = this.#period++;
    await new Promise<void>((resolve) => this.#waiters.push({ upTo, resolve }));
  }

  #wake(): void {
    const oldest = Math.min(...this.#left.keys());
    const due = this.#waiters.filter(({ upTo }) => upTo < oldest);
    this.#waiters = this.#waiters.filter(({ upTo }) => upTo >= oldest);
    for (const { resolve } of due) resolve();
  }
}
