import { Entry } from "../otlp/slab.ts";
import { warnOnce } from "../runtime/warn-once.ts";
import type { DeadLetterNote, DestinationStatus } from "./destination-status.ts";
import { ReasonCounts } from "./reason-counts.ts";

/** What was given up, for a hook of the user's. */
export interface DeadLetter {
  readonly destination: string;
  /** The kind of trouble, such as `POST /logs: HTTP 400`. */
  readonly reason: string;
  /** About this one case: the problems of a record, or the beginning of a server's answer. */
  readonly detail: string | undefined;
  /** How many records or spans. */
  readonly count: number;
  /** These, as they would have been sent; none where the receiver does not say which it refused. */
  readonly payloads: readonly unknown[];
}

const MAX_NOTES = 10;

/** Counts what one destination gave up, keeps notes of the newest, and hands the content to the user's hook. */
export class DeadLetters {
  readonly #destination: string;
  readonly #hook: ((letter: DeadLetter) => void) | undefined;
  readonly #counts = new ReasonCounts();
  readonly #notes: DeadLetterNote[] = [];

  constructor(destination: string, hook: ((letter: DeadLetter) => void) | undefined) {
    this.#destination = destination;
    this.#hook = hook;
  }

  add(
    { reason, detail }: { readonly reason: string; readonly detail?: string | undefined },
    items: readonly { readonly payload: unknown; readonly spanId: string }[],
    count: number = items.length,
  ): void {
    this.#counts.add(reason, count);
    const spanIds = items.slice(0, MAX_NOTES).map((item) => item.spanId);
    this.#notes.push({ reason, detail, count, spanIds });
    if (this.#notes.length > MAX_NOTES) this.#notes.shift();
    const why = detail === undefined ? reason : `${reason} (${detail})`;
    warnOnce(this, reason, `${this.#destination} gave up ${count} of its records: ${why}`);
    try {
      if (this.#hook === undefined) return;
      // A copy: who is told may keep it.
      const payloads = items.map(({ payload }) => (payload instanceof Entry ? payload.copy() : payload));
      this.#hook({ destination: this.#destination, reason, detail, count, payloads });
    } catch (error) {
      warnOnce(this, "hook", `the onDeadLetter hook threw: ${String(error)}`);
    }
  }

  status(): Pick<DestinationStatus, "deadLettered" | "recentDeadLetters"> {
    return { deadLettered: this.#counts.toRecord(), recentDeadLetters: [...this.#notes] };
  }
}
