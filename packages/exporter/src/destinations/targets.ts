import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { SendResult } from "../destination.ts";
import type { RecordTarget } from "./record-target.ts";

/** Appends JSON Lines, in order; the folder is made when it is not there. */
export function fileTarget(path: string): RecordTarget {
  let isFolderThere = false;
  return {
    maxItems: 512,
    concurrency: 1,
    async send(items) {
      try {
        if (!isFolderThere) await mkdir(dirname(path), { recursive: true });
        isFolderThere = true;
        await appendFile(path, items.map((item) => `${JSON.stringify(item.payload)}\n`).join(""));
        return { status: "success" };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { status: isPassing(error) ? "retryable" : "failure", reason: `cannot write to ${path}: ${reason}` };
      }
    },
  };
}

/** A full disk or too many open files may pass; a path that is wrong will not. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && ["ENOSPC", "EMFILE", "ENFILE", "EAGAIN"].includes(String(error.code))
  );
}

/** Prints one JSON line for each item on standard output. */
export function consoleTarget(print: (line: string) => void = (line) => console.log(line)): RecordTarget {
  return customTarget((payloads) => {
    for (const payload of payloads) print(JSON.stringify(payload));
  });
}

/** Keeps what it is given, up to `limit` items; then the oldest give way. */
export function memoryTarget(kept: unknown[], limit = 10_000): RecordTarget {
  return customTarget((payloads) => {
    kept.push(...payloads);
    if (kept.length > limit) kept.splice(0, kept.length - limit);
  });
}

/** Hands batches to a function. When it throws or rejects, the batch is tried again. */
export function customTarget(deliver: (payloads: readonly unknown[]) => void | Promise<void>): RecordTarget {
  return {
    maxItems: 512,
    async send(items): Promise<SendResult> {
      try {
        await deliver(items.map((item) => item.payload));
        return { status: "success" };
      } catch (error) {
        return { status: "retryable", reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}
