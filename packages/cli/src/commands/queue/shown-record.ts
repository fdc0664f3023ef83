import type { SpooledRecord } from "@genspan/exporter";
import { decodeProtobuf, OTLP_MESSAGES } from "@genspan/mapping";

/** A record is shown as it is, one of protobuf as it would be in OTLP/JSON, and what cannot be read in base64. */
export function shownRecord({ body, at, ...record }: SpooledRecord): object {
  return { ...record, at: new Date(at).toISOString(), ...readable(Buffer.from(body)) };
}

function readable(body: Buffer): object {
  for (const read of [readJson, readProtobuf]) {
    try {
      return { body: read(body) };
    } catch {
      // It is none of that.
    }
  }
  return { base64: body.toString("base64") };
}

const readJson = (body: Buffer): unknown => JSON.parse(body.toString("utf8"));

/** A queued span, or log record, is one entry of its scope's list. @throws {Error} for what is neither. */
function readProtobuf(body: Buffer): unknown {
  const { scopeSpans, scopeLogs } = OTLP_MESSAGES;
  const { spans } = decodeProtobuf(body, scopeSpans);
  if (isListOfOne(spans) && "spanId" in spans[0] && "startTimeUnixNano" in spans[0]) return spans[0];
  const { logRecords } = decodeProtobuf(body, scopeLogs);
  if (isListOfOne(logRecords)) return logRecords[0];
  throw new TypeError("neither a span nor a log record");
}

const isListOfOne = (value: unknown): value is readonly [object] => Array.isArray(value) && value.length === 1;
