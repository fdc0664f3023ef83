import { sizeOfVarint } from "./protobuf-writer.ts";

/** The parts of an export request that were encoded before: entries, and what stands before those of one resource and scope. */
export interface Part {
  readonly head: string;
  readonly body: Uint8Array;
}

export type Signal = "traces" | "logs";
export type Format = "json" | "protobuf";

/** An `ExportTraceServiceRequest` or `ExportLogsServiceRequest` of entries; those of one head stand together. */
export function requestOf(signal: Signal, format: Format, parts: readonly Part[]): Uint8Array {
  const groups = Map.groupBy(parts, ({ head }) => head);
  return format === "json" ? jsonRequest(signal, groups) : protobufRequest(groups);
}

const COMMA = Buffer.from(",");
const GROUP_END = Buffer.from("]}]}");

function jsonRequest(signal: Signal, groups: ReadonlyMap<string, readonly Part[]>): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const [head, parts] of groups) {
    pieces.push(
      pieces.length === 0 ? Buffer.from(signal === "traces" ? '{"resourceSpans":[' : '{"resourceLogs":[') : COMMA,
    );
    pieces.push(Buffer.from(head, "utf8"));
    for (const [index, { body }] of parts.entries()) {
      if (index > 0) pieces.push(COMMA);
      pieces.push(body);
    }
    pieces.push(GROUP_END);
  }
  pieces.push(Buffer.from("]}"));
  return Buffer.concat(pieces);
}

/** Entries as one, which stands where an entry may stand. */
export function joined(format: Format, entries: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(entries.flatMap((entry, index) => (index > 0 && format === "json" ? [COMMA, entry] : [entry])));
}

/** Field 1 of the request, field 2 of what is per resource: the same numbers for traces and logs. */
function protobufRequest(groups: ReadonlyMap<string, readonly Part[]>): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const [head, parts] of groups) {
    const [resource = "", scope = ""] = head.split(".");
    const resourceFields = Buffer.from(resource, "base64");
    const scopeFields = Buffer.from(scope, "base64");
    const bodies = parts.map(({ body }) => body);
    const perScope = bodies.reduce((sum, { byteLength }) => sum + byteLength, scopeFields.length);
    const perResource = resourceFields.length + 1 + sizeOfVarint(perScope) + perScope;
    pieces.push(header(1, perResource), resourceFields, header(2, perScope), scopeFields, ...bodies);
  }
  return Buffer.concat(pieces);
}

/** Tag of a nested message, and its length. */
function header(field: number, length: number): Uint8Array {
  const bytes = [field * 8 + 2];
  let rest = length;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
