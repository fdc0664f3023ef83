import type { SendResult } from "../destination.ts";

/** A `SpanExporter` or `LogRecordExporter` of SDK 1, 2 or 3. */
export interface StockExporter {
  export(items: never[], done: (result: { code: number; error?: Error }) => void): void;
  shutdown(): Promise<void>;
  forceFlush?(): Promise<void>;
}

const RETRYABLE: readonly unknown[] = [undefined, 429, 502, 503, 504];

/** Hands a batch to a stock exporter, which retries by itself; only what it blames on the network is tried again. */
export function exportTo(exporter: StockExporter, items: readonly unknown[]): Promise<SendResult> {
  return new Promise((resolve) => {
    // `never[]` accepts every SDK's own type for the items; the caller hands over what that SDK made.
    exporter.export(items as never[], ({ code, error }) => {
      if (code === 0) {
        resolve({ status: "success" });
        return;
      }
      const status = error !== undefined && "code" in error ? error.code : undefined;
      const reason = error?.message ?? "the exporter failed without a reason";
      resolve({ status: RETRYABLE.includes(status) || typeof status === "string" ? "retryable" : "failure", reason });
    });
  });
}
