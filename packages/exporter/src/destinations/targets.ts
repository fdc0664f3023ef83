import { messageOf } from "../runtime/warn-once.ts";
import { recordsIn } from "./bundle.ts";
import { lineOf } from "./file-target.ts";
import type { RecordTarget } from "./record-target.ts";

const MAX_ITEMS = 512;

/** Prints one JSON line for each item on standard output. */
export function consoleTarget(print: (line: string) => void = (line) => console.log(line)): RecordTarget {
  return {
    maxItems: MAX_ITEMS,
    concurrency: 1,
    send(items) {
      const lines = items.flatMap(({ payload }) => recordsIn(payload).map(lineOf));
      for (const line of lines) print(line);
      return Promise.resolve({ status: "success" });
    },
  };
}

/** Keeps what it is given, up to `limit` items; then the oldest give way. */
export function memoryTarget(kept: unknown[], limit = 10_000): RecordTarget {
  return {
    maxItems: MAX_ITEMS,
    lingerMillis: 0,
    send(items) {
      for (const { payload } of items) kept.push(...recordsIn(payload));
      if (kept.length > limit) kept.splice(0, kept.length - limit);
      return Promise.resolve({ status: "success" });
    },
  };
}

/** Hands batches to a function. When it throws or rejects, the batch is tried again. */
export function customTarget(deliver: (payloads: readonly unknown[]) => void | Promise<void>): RecordTarget {
  return {
    maxItems: MAX_ITEMS,
    async send(items) {
      try {
        await deliver(items.flatMap(({ payload }) => recordsIn(payload)));
        return { status: "success" };
      } catch (error) {
        return { status: "retryable", reason: "the function failed", detail: messageOf(error) };
      }
    },
  };
}
