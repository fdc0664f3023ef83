import type { SendResult } from "../destination.ts";
import { BLOCKED_STATUSES, OTLP_RETRYABLE_STATUSES } from "../transport/judge.ts";
import { recordsIn } from "./bundle.ts";
import type { RecordTarget } from "./record-target.ts";

/** A `SpanExporter` or `LogRecordExporter` of SDK 1, 2 or 3. */
export interface StockExporter {
  export(items: never[], done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
  forceFlush?(): Promise<void>;
}

const DIVISIBLE: readonly number[] = [400, 413];
/** They make a batch into bytes at one go, about 7 ms for that much. */
const MAX_BATCH_BYTES = 1024 * 1024;

/** Hands items to a stock exporter, which is given objects: its queue is in memory. */
export function stockTarget(
  exporter: StockExporter,
  { maxItems = 512, encode }: { readonly maxItems?: number | undefined; readonly encode?: RecordTarget["encode"] } = {},
): RecordTarget {
  return {
    maxItems,
    maxBytes: MAX_BATCH_BYTES,
    encode,
    send: (items) =>
      exportTo(
        exporter,
        items.flatMap(({ payload }) => recordsIn(payload)),
      ),
    flush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/**
 * Hands a batch to a stock exporter. It retries by itself, for about 10 s; what it then blames on the network or on an
 * overloaded receiver is tried again by us.
 */
function exportTo(exporter: StockExporter, items: readonly unknown[]): Promise<SendResult> {
  return new Promise((resolve) => {
    // `never[]` accepts every SDK's own type for the items; the caller hands over what that SDK made.
    exporter.export([...items] as never[], ({ code, error }) => {
      resolve(code === 0 ? { status: "success" } : judge(error));
    });
  });
}

function judge(error: Error | undefined): SendResult {
  const status = error !== undefined && "code" in error ? error.code : undefined;
  const detail = error?.message || undefined;
  if (typeof status === "number") {
    const reason = `export: HTTP ${status}`;
    if (OTLP_RETRYABLE_STATUSES.includes(status)) return { status: "retryable", reason, detail };
    if (BLOCKED_STATUSES.includes(status)) return { status: "blocked", reason, detail };
    return { status: "failure", reason, detail, divisible: DIVISIBLE.includes(status) };
  }
  // Codes of the network are text, such as ECONNREFUSED; without one nothing says that it is hopeless.
  return { status: "retryable", reason: typeof status === "string" ? `export: ${status}` : "export failed", detail };
}
