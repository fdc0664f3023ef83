import type { SendResult } from "../destination.ts";

/** A `SpanExporter` or `LogRecordExporter` of SDK 1, 2 or 3. */
export interface StockExporter {
  export(items: never[], done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
  forceFlush?(): Promise<void>;
}

/** Source: OTLP specification, "Retryable Response Codes". */
const RETRYABLE: readonly number[] = [429, 502, 503, 504];
const DIVISIBLE: readonly number[] = [400, 413];
const BLOCKED: readonly number[] = [401, 403, 407];

/**
 * Hands a batch to a stock exporter. It retries by itself, for about 10 s; what it then blames on the network or on an
 * overloaded receiver is tried again by us.
 */
export function exportTo(exporter: StockExporter, items: readonly unknown[]): Promise<SendResult> {
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
    if (RETRYABLE.includes(status)) return { status: "retryable", reason, detail };
    if (BLOCKED.includes(status)) return { status: "blocked", reason, detail };
    return { status: "failure", reason, detail, divisible: DIVISIBLE.includes(status) };
  }
  // Codes of the network are text, such as ECONNREFUSED; without one nothing says that it is hopeless.
  return { status: "retryable", reason: typeof status === "string" ? `export: ${status}` : "export failed", detail };
}
