import type { GenericPart } from "@genspan/semconv";
import { text, type UnknownRecord } from "../engine/read.ts";

/** The part types that the conventions give a shape. */
const conventionTypes: ReadonlySet<string> = new Set([
  "text",
  "reasoning",
  "compaction",
  "tool_call",
  "tool_call_response",
  "server_tool_call",
  "server_tool_call_response",
  "blob",
  "file",
  "uri",
]);

/**
 * A part that is not known here is kept as it is. Where its type happens to be one of the conventions' it is renamed: it
 * would promise a shape that it does not have.
 */
export function unknownPart(part: UnknownRecord, library = "openai"): GenericPart {
  const type = text(part["type"]) ?? "unknown";
  return { ...part, type: conventionTypes.has(type) ? `${library}.${type}` : type };
}
