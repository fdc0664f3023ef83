import type { GenAISpan, ReadableSpanLike, Trace } from "@genspan/mapping";

/** What a destination is given at once: one span (with the ancestors that are known), or a whole trace. */
export interface Unit {
  /** The span, or the root of the trace. */
  readonly span: GenAISpan;
  readonly trace: Trace;
}

/** One thing to deliver. */
export interface Item {
  /** What is sent: a vendor's record, or a span as the SDK handed it over. */
  readonly payload: unknown;
  /** An estimate of what it weighs on the wire, for the queue's bounds. */
  readonly bytes: number;
  /** Items of different groups never share a batch. */
  readonly group: string;
  readonly traceId: string;
  readonly spanId: string;
  /** The span, where sending needs more of it than `payload` holds. */
  readonly span?: GenAISpan | undefined;
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
  | { readonly status: "success" }
  /** The same batch may be sent again, no sooner than after `retryAfterMillis`. */
  | {
      readonly status: "retryable";
      readonly reason: string;
      readonly detail?: string | undefined;
      readonly retryAfterMillis?: number | undefined;
    }
  /** Sending it again is of no use; `divisible`: a part of the batch may fare better. */
  | {
      readonly status: "failure";
      readonly reason: string;
      readonly detail?: string | undefined;
      readonly divisible?: boolean | undefined;
    };

/** Somewhere that spans or records go. Made by `vendorDestination`, `otlp`, `file`, `memory`, `custom`, ... */
export interface Destination {
  /** Unique among the destinations of a processor; shown by `status()`. */
  readonly name: string;
  readonly unit: "span" | "trace";
  /** Whether a span belongs here: for unit `trace`, whether it is a part of the trace's record. */
  readonly accepts: (span: GenAISpan) => boolean;
  /** For unit `trace`: whether the accepted spans of a trace are delivered at all. Default: yes. */
  readonly wantsTrace?: ((trace: Trace) => boolean) | undefined;
  /** For unit `span`: whether `encode` reads the ancestors in `unit.trace`. */
  readonly needsAncestors?: boolean | undefined;
  /** Pure; called off the application's path. */
  readonly encode: (unit: Unit) => Encoded;
  readonly maxItems: number;
  readonly maxBytes?: number | undefined;
  /** Most batches in flight at once. Default: 4. */
  readonly concurrency?: number | undefined;
  /** How long a batch that is not full waits for more. Default: 200. */
  readonly lingerMillis?: number | undefined;
  /** Never rejects; a rejection counts as a divisible failure. */
  readonly send: (items: readonly Item[]) => Promise<SendResult>;
  /** Waits for what the destination itself holds back, such as a stock exporter's own queue. */
  readonly flush?: (() => Promise<void>) | undefined;
  readonly shutdown?: (() => Promise<void>) | undefined;
}

/** Keeps a span (true) or not. Where it throws, the span is not delivered but counted. */
export type SpanFilter = (span: ReadableSpanLike) => boolean;
