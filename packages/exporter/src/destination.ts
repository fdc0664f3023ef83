import type { GenAISpan, ReadableSpanLike, RedactionOptions, Trace } from "@genspan/mapping/core";
import type { Ticket } from "./queue/queue.ts";

/** What a destination is given at once: one span (with the ancestors that are known), or a whole trace. */
export interface Unit {
  /** The span, or the root of the trace. */
  readonly span: GenAISpan;
  readonly trace: Trace;
  /** The same with nothing hidden, to judge by; nothing of it may leave. Absent where nothing is hidden. */
  readonly original?: Unit | undefined;
  /** What a finished record goes through before it is encoded. Absent where nothing is to be hidden. */
  readonly redact?: (<T extends object>(record: T) => T) | undefined;
}

/** One thing to deliver. */
export interface Item {
  /** What is sent: a vendor's record, an encoded span, or a span as the SDK handed it over. */
  readonly payload: unknown;
  /** What it weighs on the wire: exact where it is encoded already, else an estimate. */
  readonly bytes: number;
  /** What items of one batch may have in common on the wire, such as resource and scope. */
  readonly head?: string | undefined;
  /** Items of different groups never share a batch. */
  readonly group: string;
  readonly traceId: string;
  readonly spanId: string;
  /** The queue's own. */
  ticket?: Ticket | undefined;
}

/** How payloads are stored. A destination without one holds live objects: its queue is in memory, whatever is set. */
export interface Codec {
  /** Name of the stored form, such as `otlp-json`; what was stored in another form is not read. */
  readonly format: string;
  readonly write: (payload: unknown) => string | Uint8Array;
  /**
   * Keeps nothing of `body`. @param group of the item.
   * @throws {Error} for what `write` did not make.
   */
  readonly read: (body: Uint8Array, group: string) => unknown;
}

/** What became of a unit at a destination. */
export type Encoded =
  | { readonly status: "item"; readonly item: Item }
  /** It cannot be delivered as it is; `payload` is what could be made of it. */
  | {
      readonly status: "rejected";
      readonly reason: string;
      readonly detail?: string | undefined;
      readonly payload: unknown;
    };

/**
 * A closed answer to one attempt: there are no exceptions between sender and queue. `reason` names a kind of trouble
 * and is counted; `detail` is about this one case.
 */
export type SendResult =
  /** `rejected`: so many of the batch were refused for good, and which ones is not said (OTLP's partial success). */
  | { readonly status: "success"; readonly rejected?: number | undefined; readonly detail?: string | undefined }
  /** The same batch may be sent again, no sooner than after `retryAfterMillis`. */
  | {
      readonly status: "retryable";
      readonly reason: string;
      readonly detail?: string | undefined;
      readonly retryAfterMillis?: number | undefined;
      /** True where the batch itself may be to blame, such as for HTTP 500: others may go before it. */
      readonly isAboutBatch?: boolean | undefined;
    }
  /** Nothing will be taken until someone acts: a wrong key, an expired certificate. The queue is kept. */
  | { readonly status: "blocked"; readonly reason: string; readonly detail?: string | undefined }
  /** Sending it again is of no use; `divisible`: a part of the batch may fare better. */
  | {
      readonly status: "failure";
      readonly reason: string;
      readonly detail?: string | undefined;
      readonly divisible?: boolean | undefined;
      /** It was refused for its size: from now on batches are made half as large. */
      readonly tooLarge?: boolean | undefined;
    };

/** Where items go: the half of a destination that does the I/O. */
export interface Sink {
  /** Most items of a batch. */
  readonly maxItems: number;
  /** Most bytes of a batch. */
  readonly maxBytes?: number | undefined;
  /** How payloads are stored, so that they outlive the process. */
  readonly codec?: Codec | undefined;
  /** Most batches in flight at once. Default: 4. */
  readonly concurrency?: number | undefined;
  /** How long a batch that is not full waits for more. Default: 200. */
  readonly lingerMillis?: number | undefined;
  /** Never rejects; a rejection counts as a divisible failure. */
  readonly send: (items: readonly Item[]) => Promise<SendResult>;
  /** Told of items that were delivered: nobody asks for their content any more. */
  readonly release?: ((items: readonly Item[]) => void) | undefined;
  /** Waits for what the sink itself holds back, such as a stock exporter's own queue. */
  readonly flush?: (() => Promise<void>) | undefined;
  readonly shutdown?: (() => Promise<void>) | undefined;
}

/** Somewhere that spans or records go. Made by `vendorDestination`, `otlp`, `file`, `memory`, `custom`, ... */
export interface Destination extends Sink {
  /** Unique among the destinations of a processor; shown by `status()`. */
  readonly name: string;
  readonly unit: "span" | "trace";
  /** Whether a span belongs here: for unit `trace`, whether it is a part of the trace's record. */
  readonly accepts: (span: GenAISpan) => boolean;
  /** For unit `trace`: whether the accepted spans of a trace are delivered at all. Default: yes. */
  readonly wantsTrace?: ((trace: Trace) => boolean) | undefined;
  /** What must not reach it. Default: what the processor says; `false`: nothing is hidden here. */
  readonly redact?: RedactionOptions | false | undefined;
  /** For unit `span`: whether `encode` reads the ancestors in `unit.trace`. */
  readonly needsAncestors?: boolean | undefined;
  /** For unit `span`: told of spans that `accepts` refused, so that what hangs below them can be hung elsewhere. */
  readonly refused?: ((unit: Unit) => void) | undefined;
  /** Pure but for that; called off the application's path. */
  readonly encode: (unit: Unit) => Encoded;
}

/** Keeps a span (true) or not. Where it throws, the span is not delivered but counted. */
export type SpanFilter = (span: ReadableSpanLike) => boolean;
