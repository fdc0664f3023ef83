import type { RedactionCounts } from "@genspan/mapping/core";
import type { Storage } from "../queue/queue.ts";
import type { GateStatus } from "./gate.ts";

/**
 * What happened to the units of one destination:
 * `accepted` + `recovered` = `sent` + `deadLettered` + `dropped` + `queued`.
 */
export interface DestinationStatus {
  readonly name: string;
  /** Units (spans, or traces where that is the unit) that the destination took. */
  readonly accepted: number;
  /** Units of an earlier or another process that were taken over from the spool. */
  readonly recovered: number;
  /** Delivered and acknowledged. */
  readonly sent: number;
  /** Given up, with the number for each reason. */
  readonly deadLettered: Readonly<Record<string, number>>;
  /** Given up without having been tried, with the number for each reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Waiting, or on their way. */
  readonly queued: number;
  /** Their estimated size. */
  readonly queuedBytes: number;
  /** Age of the oldest of them. */
  readonly oldestAgeMillis: number | undefined;
  /** Batches that were sent again. */
  readonly retried: number;
  /** Units that were never meant for this destination; not part of `accepted`. */
  readonly filtered: number;
  readonly lastError: string | undefined;
  /** Whether it is sent to at the moment, and where the queue is. */
  readonly gate: GateStatus;
  readonly storage: Storage;
  /** What was hidden by its policy of redaction, which other destinations may share. */
  readonly redaction: RedactionCounts | undefined;
  /** The newest dead letters, without what was in them: that goes to `onDeadLetter` alone. */
  readonly recentDeadLetters: readonly DeadLetterNote[];
}

/** A dead letter without its content. */
export interface DeadLetterNote {
  readonly reason: string;
  readonly detail: string | undefined;
  readonly count: number;
  /** Span ids of the first few of them. */
  readonly spanIds: readonly string[];
}
