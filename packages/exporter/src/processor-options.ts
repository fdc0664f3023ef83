import type { RedactionOptions, SpanReading } from "@genspan/mapping/core";
import type { MeterProvider } from "@opentelemetry/api";
import type { RetryOptions } from "./delivery/backoff.ts";
import type { DeadLetter } from "./delivery/dead-letters.ts";
import type { Destination, SpanFilter } from "./destination.ts";
import type { MemoryQueueOptions } from "./queue/memory-queue.ts";
import type { AssemblerOptions } from "./spans/trace-assembler.ts";
import type { SpoolOptions } from "./spool/spool.ts";

/** Everything has a default but the destinations. */
export interface GenAISpanProcessorOptions {
  /** Their names must differ. */
  readonly destinations: readonly Destination[];
  /**
   * Spans that it refuses reach no destination; they are counted as `filtered`. What hangs below one hangs on the nearest
   * span above it that is not refused.
   */
  readonly shouldExport?: SpanFilter;
  /**
   * What must not leave: looked for in spans, ours and others', and in finished records, before they are queued, stored or
   * given up. A destination may have options of its own. Default: nothing is hidden.
   */
  readonly redact?: RedactionOptions | undefined;
  /** How spans are read: the order of dialects, and prices of the user's own. */
  readonly reading?: SpanReading | undefined;
  /** Bounds of each destination's queue in memory. Default: 100 000 items, 128 MiB, `drop-newest`. */
  readonly queue?: Partial<Omit<MemoryQueueOptions, "reason">> | undefined;
  /** Queues on disk: what was accepted outlives the process. Default: queues in memory. */
  readonly spool?: SpoolOptions | undefined;
  /** With `block`: how long what a full queue refuses waits for room. The application does not wait. Default: 5000. */
  readonly blockTimeoutMillis?: number | undefined;
  /**
   * `batch`: batches wait a little to be filled. `immediate`: what ended is sent in the next turn of the event loop, for
   * functions that are frozen when they have answered. Default: `batch`.
   */
  readonly exportMode?: "batch" | "immediate" | undefined;
  /**
   * Given a promise that settles when what has ended is delivered, for platforms that stop a function when it has
   * answered: `waitUntil` of Vercel, Cloudflare and others.
   */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
  /**
   * Whether SIGTERM has the spool written, or where there is none what is queued delivered for at most
   * `shutdownTimeoutMillis`, before it takes its effect. An application that handles SIGTERM itself ends as it does
   * without. Default: false, since signals are the application's.
   */
  readonly handleSigterm?: boolean | undefined;
  readonly retry?: Partial<RetryOptions>;
  /** How spans are gathered for destinations that take whole traces. */
  readonly assembly?: Partial<AssemblerOptions>;
  /** Most ended spans that wait for a later turn of the event loop; further ones are dropped. Default: 100 000. */
  readonly maxPendingSpans?: number;
  /** About the most that these weigh together. Default: 256 MiB. */
  readonly maxPendingBytes?: number | undefined;
  /** How long `forceFlush` waits at most. Default: 30 000. */
  readonly flushTimeoutMillis?: number;
  /** How long `shutdown` takes at most. Default: 10 000. */
  readonly shutdownTimeoutMillis?: number;
  /** Where metrics of the delivery are recorded. Default: the global one, as it is when the first span ends. */
  readonly meterProvider?: MeterProvider | undefined;
  /** Told of everything that is given up after it was accepted, with the reason. */
  readonly onDeadLetter?: (letter: DeadLetter) => void;
}
