import type { GenAISpan } from "@genspan/mapping/core";
import type { Sink } from "../destination.ts";

/** What a target makes of one payload before it is queued. */
export interface Encoding {
  readonly payload: unknown;
  /** Exact size; an estimate is used where it is left out. */
  readonly bytes?: number | undefined;
  readonly head?: string | undefined;
  /** Items of different groups never share a batch. */
  readonly group?: string | undefined;
}

/** A sink for payloads of any kind: spans as well as a vendor's records. */
export interface RecordTarget extends Sink {
  /** Encodes a span, or the record that was made of it; called off the application's path. Default: as it is. */
  readonly encode?: ((span: GenAISpan, payload: unknown) => Encoding) | undefined;
  /** Group of a payload, where `encode` does not say one. */
  readonly groupOf?: ((payload: object) => string) | undefined;
}
