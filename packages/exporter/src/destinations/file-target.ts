import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Codec, Item, SendResult } from "../destination.ts";
import { messageOf } from "../runtime/warn-once.ts";
import { recordsIn } from "./bundle.ts";
import { jsonOf } from "./codecs.ts";
import type { RecordTarget } from "./record-target.ts";

const MAX_BATCH_BYTES = 1024 * 1024;

/** What may pass: a full disk, too many open files, a folder that was taken away. A path that is wrong will not. */
const PASSING: readonly unknown[] = ["ENOSPC", "EDQUOT", "EMFILE", "ENFILE", "EAGAIN", "ENOENT"];

/** A text is a line that was written before; anything else becomes JSON. */
export const lineOf = (payload: unknown): string => (typeof payload === "string" ? payload : jsonOf(payload));

const linesOf = ({ payload }: Item): string =>
  recordsIn(payload)
    .map((record) => `${lineOf(record)}\n`)
    .join("");

/** Appends JSON Lines, in order; the folder is made when it is not there. */
export function fileTarget(path: string, codec: Codec): RecordTarget {
  let isFolderThere = false;
  let isTorn = false;

  async function append(lines: string): Promise<SendResult> {
    try {
      if (!isFolderThere) await mkdir(dirname(path), { recursive: true });
      isFolderThere = true;
      // A write that failed may have left half a line.
      await appendFile(path, isTorn ? `\n${lines}` : lines);
      isTorn = false;
      return { status: "success" };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      isFolderThere = false;
      isTorn ||= code === "ENOSPC" || code === "EDQUOT";
      const reason = `cannot write to ${path}`;
      return { status: PASSING.includes(code) ? "retryable" : "failure", reason, detail: messageOf(error) };
    }
  }

  return {
    maxItems: 512,
    maxBytes: MAX_BATCH_BYTES,
    concurrency: 1,
    codec,
    // Outside of `append`: what cannot be written as JSON is no fault of the file.
    send: async (items: readonly Item[]) => append(items.map(linesOf).join("")),
  };
}
