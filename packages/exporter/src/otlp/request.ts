import { lengthHeader } from "./protobuf-writer.ts";
import type { Entry } from "./slab.ts";

/** An export request in parts encoded before: entries, and what stands before those of one resource and scope. */
export interface Part {
  readonly head: string;
  readonly body: Entry;
}

export type Signal = "traces" | "logs";
export type Format = "json" | "protobuf";

/**
 * An `ExportTraceServiceRequest` or `ExportLogsServiceRequest` of entries, as pieces of memory that follow each other:
 * entries that lie side by side make one. Those of one head stand together.
 */
export function requestOf(signal: Signal, format: Format, parts: readonly Part[]): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const groups = groupsOf(parts);
  if (format === "json") writeJson(pieces, signal, groups);
  else writeProtobuf(pieces, groups);
  return pieces;
}

/** Most requests have one head. */
function groupsOf(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const [first] = parts;
  if (first === undefined) return new Map();
  return parts.every(({ head }) => head === first.head)
    ? new Map([[first.head, parts]])
    : Map.groupBy(parts, ({ head }) => head);
}

const COMMA = Buffer.from(",");

function writeJson(to: Uint8Array[], signal: Signal, groups: ReadonlyMap<string, readonly Part[]>): void {
  let before = signal === "traces" ? '{"resourceSpans":[' : '{"resourceLogs":[';
  for (const [head, parts] of groups) {
    to.push(Buffer.from(before + head, "utf8"));
    writeEntries(to, parts, COMMA);
    before = "]}]},";
  }
  to.push(Buffer.from(groups.size === 0 ? `${before}]}` : "]}]}]}"));
}

/** Field 1 of the request, field 2 of what is per resource: the same numbers for traces and logs. */
function writeProtobuf(to: Uint8Array[], groups: ReadonlyMap<string, readonly Part[]>): void {
  for (const [head, parts] of groups) {
    const [resource = "", scope = ""] = head.split(".");
    const resourceFields = Buffer.from(resource, "base64");
    const scopeFields = Buffer.from(scope, "base64");
    const perScope = parts.reduce((sum, { body }) => sum + body.byteLength, scopeFields.length);
    const scopeHeader = lengthHeader(2, perScope);
    const perResource = resourceFields.length + scopeHeader.length + perScope;
    to.push(Buffer.concat([lengthHeader(1, perResource), resourceFields, scopeHeader, scopeFields]));
    writeEntries(to, parts, undefined);
  }
}

/** @param comma what stands between entries; it stands between those of a slab already. */
function writeEntries(to: Uint8Array[], parts: readonly Part[], comma: Uint8Array | undefined): void {
  const gap = comma?.byteLength ?? 0;
  for (let index = 0; index < parts.length; ) {
    const body = parts[index++]?.body;
    if (body === undefined) continue;
    if (index > 1 && comma !== undefined) to.push(comma);
    let { end } = body;
    for (; index < parts.length; index++) {
      const next = parts[index]?.body;
      if (next === undefined || next.slab !== body.slab || next.begin !== end + gap) break;
      end = next.end;
    }
    to.push(body.slab.memory.subarray(body.begin, end));
  }
}
