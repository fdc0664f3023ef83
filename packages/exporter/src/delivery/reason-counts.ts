const MAX_REASONS = 20;

/** A count for each reason, bounded: reasons beyond the first 20 are counted together. */
export class ReasonCounts {
  readonly #counts: Map<string, number> = new Map();

  add(reason: string, count: number): void {
    const key = this.#counts.has(reason) || this.#counts.size < MAX_REASONS ? reason : "other";
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  toRecord(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }
}
