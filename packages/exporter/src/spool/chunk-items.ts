import type { Codec, Item } from "../destination.ts";
import type { Chunk, ChunkNote, ChunkRecord } from "./chunk.ts";
import { LiveChunk } from "./live-chunk.ts";

/** A chunk of an earlier process, whose content is on disk. */
export function toLiveChunk({ id, at, count, bytes, done }: ChunkNote): LiveChunk {
  const chunk = new LiveChunk({ id, at, order: 0, isInWindow: false, doneBefore: done });
  return Object.assign(chunk, { count, bytes, left: count - done.length, state: "stored" as const });
}

/** @returns undefined for what the codec cannot read. */
export function itemOf(
  content: Chunk,
  { body, head, group, traceId, spanId }: ChunkRecord,
  codec: Codec,
): Item | undefined {
  try {
    const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
    const names = { head: content.heads[head] ?? "", group: content.groups[group] ?? "" };
    const payload = codec.read(bytes, names.group);
    return { payload, bytes: bytes.byteLength, ...names, traceId, spanId };
  } catch {
    return undefined;
  }
}

export function leastOf<T>(values: Iterable<T>, value: (one: T) => number): number | undefined {
  let least: number | undefined;
  for (const one of values) least = Math.min(least ?? value(one), value(one));
  return least;
}
