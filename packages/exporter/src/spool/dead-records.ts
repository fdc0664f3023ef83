import type { Codec, Item } from "../destination.ts";
import { Entry } from "../otlp/slab.ts";
import type { FailureReason } from "../queue/queue.ts";
import type { Chunk, ChunkRecord, DeadRecord } from "./chunk.ts";
import { bodyForInspection } from "./inspection.ts";

type Given = Pick<DeadRecord, "id" | "destination">;

/** An item that is given up. @param codec of its stored form; undefined for what was never encoded. */
export function deadItem(
  item: Item,
  given: Given,
  { reason, detail = "" }: FailureReason,
  codec: Codec | undefined,
): DeadRecord {
  const { head = "", group, traceId, spanId, payload } = item;
  const body = codec === undefined ? bodyForInspection(payload) : bodyOf(payload, codec);
  const at = Date.now();
  return { ...given, at, reason, detail, format: codec?.format ?? "", head, group, traceId, spanId, body };
}

/** A record of a chunk that cannot be read. */
export function deadRecord(
  content: Chunk,
  record: ChunkRecord,
  given: Given,
  { reason, detail = "" }: FailureReason,
): DeadRecord {
  const { format, heads, groups } = content;
  const [head, group] = [heads[record.head] ?? "", groups[record.group] ?? ""];
  const { traceId, spanId } = record;
  const body = typeof record.body === "string" ? record.body : new Uint8Array(record.body);
  return { ...given, at: Date.now(), reason, detail, format, head, group, traceId, spanId, body };
}

/** A copy: a view would take all of the memory that it lies in along. */
function bodyOf(payload: unknown, codec: Codec): string | Uint8Array {
  if (payload instanceof Entry) return payload.copy();
  const written = codec.write(payload);
  return typeof written === "string" ? written : new Uint8Array(written);
}
