import type { Item } from "../destination.ts";
import { type FailureReason, QUEUE_FULL, SPOOL_FULL } from "../queue/queue.ts";
import { warnOnce } from "../runtime/warn-once.ts";
import { type DeadLetter, DeadLetters } from "./dead-letters.ts";
import type { DestinationStatus } from "./destination-status.ts";
import { ReasonCounts } from "./reason-counts.ts";

/** What to do where spans are dropped for want of room. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  [
    QUEUE_FULL,
    "Its receiver is slower than the spans come: raise `queue.maxItems` and `queue.maxBytes`, or set `spool`",
  ],
  [SPOOL_FULL, "Its receiver is away, or slower than the spans come: raise `spool.maxBytes`"],
]);

/** What became of everything at one destination: counted, and trouble told once for each kind. */
export class DeliveryLedger {
  readonly #name: string;
  readonly #deadLetters: DeadLetters;
  readonly #dropped = new ReasonCounts();
  #lastError: string | undefined;
  accepted = 0;
  recovered = 0;
  sent = 0;
  retried = 0;
  filtered = 0;

  constructor(name: string, onDeadLetter: ((letter: DeadLetter) => void) | undefined) {
    this.#name = name;
    this.#deadLetters = new DeadLetters(name, onDeadLetter);
  }

  /** An attempt failed, and there will be another one. */
  failed(why: FailureReason): void {
    this.#lastError = textOf(why);
  }

  /** Nothing is taken before someone acts. */
  blocked(why: FailureReason): void {
    this.failed(why);
    const advice = "Set its key, proxy or certificates right: the queue is kept, and `resume()` tries at once";
    warnOnce(this, why.reason, `${this.#name} takes nothing before someone acts: ${textOf(why)}. ${advice}`);
  }

  warned(text: string): void {
    warnOnce(this, "warning", `${this.#name} warns: ${text}`);
  }

  gaveUp(why: FailureReason, items: readonly Item[], count: number = items.length): void {
    this.#lastError = textOf(why);
    this.#deadLetters.add(why, items, count);
  }

  dropped(count: number, reason: string): void {
    this.#dropped.add(reason, count);
    const advice = ADVICE.get(reason);
    warnOnce(this, reason, `${this.#name} drops spans: ${reason}${advice === undefined ? "" : `. ${advice}`}`);
  }

  status(): Omit<DestinationStatus, "queued" | "queuedBytes" | "oldestAgeMillis" | "gate" | "storage" | "redaction"> {
    const { accepted, recovered, sent, retried, filtered } = this;
    const counts = { accepted, recovered, sent, retried, filtered, dropped: this.#dropped.toRecord() };
    return { name: this.#name, ...counts, ...this.#deadLetters.status(), lastError: this.#lastError };
  }
}

function textOf({ reason, detail }: FailureReason): string {
  return detail === undefined || detail === "" ? reason : `${reason} (${detail})`;
}
