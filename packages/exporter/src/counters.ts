/** What happened to the units of one destination. `accepted` is the sum of all that follows it and of what is queued. */
export interface DestinationStatus {
  readonly name: string;
  /** Units that the destination took: one for each item. */
  readonly accepted: number;
  /** Delivered and acknowledged. */
  readonly sent: number;
  /** Given up, with the number for each reason. */
  readonly deadLettered: Readonly<Record<string, number>>;
  /** Given up before they were tried, with the number for each reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Waiting, or on their way. */
  readonly queued: number;
  readonly queuedBytes: number;
  readonly oldestAgeMillis: number | undefined;
  /** Batches that were sent again. */
  readonly retried: number;
  /** Spans that were never meant for this destination; not part of `accepted`. */
  readonly filtered: number;
  readonly lastError: string | undefined;
}

/** A count for each reason, bounded: reasons beyond the first 20 are counted together. */
export class ReasonCounts {
  readonly #counts: Map<string, number> = new Map();

  add(reason: string, count: number): void {
    const key = this.#counts.has(reason) || this.#counts.size < 20 ? reason : "other";
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  toRecord(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }
}
