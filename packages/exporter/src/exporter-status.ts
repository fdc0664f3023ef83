import type { DestinationStatus } from "./delivery/destination-status.ts";
import type { AssemblerStatus } from "./spans/trace-assembler.ts";
import type { SpoolStatus } from "./spool/spool.ts";

/** `ended` = `pending` + `dropped` + `filtered` + `unreadable` + `routed`; each destination accounts for its own part. */
export interface ExporterStatus {
  readonly destinations: readonly DestinationStatus[];
  readonly traces: AssemblerStatus;
  /** Spans that the application ended. */
  readonly ended: number;
  /** Of these: not handed to the destinations yet. */
  readonly pending: number;
  /** Dropped because too many were pending. */
  readonly dropped: number;
  /** Refused by `shouldExport`, or recorded but not sampled. */
  readonly filtered: number;
  /** Could not be read at all, such as a span whose attributes throw. */
  readonly unreadable: number;
  /** Handed to the destinations. */
  readonly routed: number;
  /** Where queues on disk are and how they do; undefined where none were asked for. */
  readonly spool: SpoolStatus | undefined;
}
