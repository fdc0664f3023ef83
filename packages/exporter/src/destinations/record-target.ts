import type { Item, SendResult } from "../destination.ts";

/** Where items go, whatever they are: the half of a destination that does the I/O. */
export interface RecordTarget {
  readonly maxItems: number;
  readonly maxBytes?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly lingerMillis?: number | undefined;
  /** Whether items must carry their span. */
  readonly needsSpan?: boolean | undefined;
  readonly groupOf?: ((payload: object) => string) | undefined;
  readonly send: (items: readonly Item[]) => Promise<SendResult>;
  readonly flush?: (() => Promise<void>) | undefined;
  readonly shutdown?: (() => Promise<void>) | undefined;
}
