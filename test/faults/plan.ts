/** What a driver is told, and what it tells: both go as JSON, since a driver is a process of its own. */
import type { ExporterStatus, RetryOptions } from "@genspan/exporter";

export type Engine = "genspan" | "batch-span-processor";

export interface Target {
  readonly name: string;
  /** `otlp`, or the name of a vendor's format. */
  readonly format: string;
  /** For OTLP without `/v1/traces`. */
  readonly url: string;
  readonly protocol?: "http/json" | "http/protobuf";
  readonly compression?: "gzip";
  readonly concurrency?: number;
  readonly timeoutMillis?: number;
  readonly key?: string;
  /** A certificate that is trusted. */
  readonly ca?: string;
  readonly maxBatchBytes?: number;
}

export interface SpoolPlan {
  readonly directory: string;
  readonly maxBytes?: number;
  readonly overflow?: "drop-oldest" | "drop-newest" | "block";
  readonly durability?: "group" | "sync";
}

/** How the program ends when it has ended its last span. */
export type End =
  /** Waits until nothing is queued, then shuts down. */
  | "drain"
  /** Shuts down at once. */
  | "shutdown"
  /** `process.exit(0)`. */
  | "exit"
  /** An exception that nobody catches. */
  | "throw"
  /** Nothing: the event loop runs empty. */
  | "natural"
  /** Stays until it is killed. */
  | "wait";

export interface Plan {
  readonly engine: Engine;
  readonly targets: readonly Target[];
  /** Leads the ids, so that those of two drivers differ. */
  readonly run: number;
  readonly spans: number;
  /** Default: 1000. 0: all in one turn of the event loop. */
  readonly perSecond?: number;
  /** Bytes of text in each. Default: 5000. */
  readonly bytes?: number;
  /** Each is a trace with so many spans below it; traces are counted then. Default: 0. */
  readonly below?: number;
  /** Spans of another kind among them. */
  readonly special?: SpecialSpans;
  readonly spool?: SpoolPlan;
  readonly queue?: { readonly maxItems?: number; readonly maxBytes?: number; readonly overflow?: "drop-oldest" };
  readonly retry?: Partial<RetryOptions>;
  readonly handleSigterm?: boolean;
  readonly end: End;
  /** End `drain` does not wait for a destination that takes nothing. */
  readonly leavesStuck?: boolean;
  /** Longest wait of end `drain`. Default: 60 000. */
  readonly drainMillis?: number;
  /** End `drain` waits until the spool is empty, whoever has what is in it. */
  readonly emptiesSpool?: boolean;
  /** Default: 3000. */
  readonly shutdownMillis?: number;
  /** It is killed then. Default: 240 000. */
  readonly mayTakeMillis?: number;
  /** Tells again and again how many spans are known to be on disk. */
  readonly acknowledges?: boolean;
  /** Something that happens while spans are made. */
  readonly mishap?: Mishap;
}

export type SpecialSpans =
  /** So many of them have an attribute `poison`. */
  | { readonly kind: "marked"; readonly count: number }
  /** So many have this many bytes of text. */
  | { readonly kind: "large"; readonly count: number; readonly bytes: number }
  /** One of each that cannot be read or written as it is. */
  | { readonly kind: "hostile" };

export type Mishap =
  /** The clock of the machine is set, as far as the program can see. */
  | { readonly kind: "clock"; readonly afterMillis: number; readonly jumpMillis: number }
  /** The threads of the program die. */
  | { readonly kind: "workers"; readonly afterMillis: number }
  /** A file takes the room on the disk, and gives it back so long after the trouble was told. */
  | { readonly kind: "filler"; readonly path: string; readonly bytes: number; readonly removeAfterMillis: number };

/** What is told where a spool cannot write. */
export const SPOOL_TROUBLE: RegExp = /full|disk|spool/i;

export type Command =
  /** The key of every target is another from now on. */
  { readonly command: "key"; readonly key: string };

export type Message =
  /** The pipeline stands. */
  | { readonly kind: "ready" }
  /** So many spans were ended: at the end, and all the time where the plan acknowledges. */
  | {
      readonly kind: "produced";
      readonly spans: number;
      readonly rssMegabytes: number;
      readonly waitedMillis: number;
    }
  /** The first so many spans are on disk or delivered. */
  | { readonly kind: "stored"; readonly spans: number }
  | { readonly kind: "done"; readonly report: Report };

export interface Report {
  readonly produced: number;
  /** None of the plain batch processor, which counts nothing. */
  readonly status: ExporterStatus | undefined;
  /** Longest time between two turns of the event loop. */
  readonly stallMillis: number;
  /** Most processor time that the thread of the application took in one turn: other processes do not count. */
  readonly turnMillis: number;
  /** Time that it waited for a processor which others had. */
  readonly waitedMillis: number;
  readonly peakRssMegabytes: number;
  /** Time from the first span to the last. */
  readonly producingMillis: number;
  readonly shutdownMillis: number;
  /** What was told through `diag`. */
  readonly told: readonly string[];
  /** What reached the application though it should not have. */
  readonly thrown: readonly string[];
}
