import type { GenAISpan } from "@genspan/mapping/core";
import type { Codec, Item, SendResult } from "../destination.ts";

/** What a target makes of one payload before it is queued. */
export interface Encoding {
  readonly payload: unknown;
  /** Exact size; an estimate is used where it is left out. */
  readonly bytes?: number | undefined;
  readonly head?: string | undefined;
  /** Items of different groups never share a batch. */
  readonly group?: string | undefined;
}

/** Where items go, whatever they are: the half of a destination that does the I/O. */
export interface RecordTarget {
  readonly maxItems: number;
  readonly maxBytes?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly lingerMillis?: number | undefined;
  /** Encodes a span, or the record that was made of it; called off the application's path. Default: as it is. */
  readonly encode?: ((span: GenAISpan, payload: unknown) => Encoding) | undefined;
  readonly codec?: Codec | undefined;
  readonly groupOf?: ((payload: object) => string) | undefined;
  readonly send: (items: readonly Item[]) => Promise<SendResult>;
  /** Told of items that were delivered: nobody asks for their content any more. */
  readonly release?: ((items: readonly Item[]) => void) | undefined;
  readonly flush?: (() => Promise<void>) | undefined;
  readonly shutdown?: (() => Promise<void>) | undefined;
}
