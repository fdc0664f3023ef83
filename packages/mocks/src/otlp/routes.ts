import type { DecodedMessage } from "@genspan/mapping";
import type { IntakeRecord, IntakeRequest, Judged, Reading, Reply, Route } from "../intake.ts";
import { textOf } from "../read-json.ts";
import { decodeOtlpRequest, type OtlpSignal } from "./decode-request.ts";
import { logsOf, type ReceivedLog, type ReceivedSpan, spansOf } from "./records.ts";
import { partialSuccess } from "./reply.ts";

const CONTENT_TYPE = /^application\/(json|x-protobuf)\b/;

/** Whether a request is in protobuf; in JSON otherwise. */
export function isProtobuf({ headers }: Pick<IntakeRequest, "headers">): boolean {
  return headers["content-type"]?.startsWith("application/x-protobuf") ?? false;
}

/** `ExportTraceServiceRequest` in both wire formats; a record is one span. */
export function otlpTraces(path: RegExp): Route {
  return route(path, "rejectedSpans", (request) =>
    read(request, "traces", (message) => spansOf(message).map(spanRecord)),
  );
}

/** `ExportLogsServiceRequest` in both wire formats; a record is one log record. */
export function otlpLogs(path: RegExp): Route {
  return route(path, "rejectedLogRecords", (request) =>
    read(request, "logs", (message) => logsOf(message).map(logRecord)),
  );
}

function route(path: RegExp, counter: string, read: Route["read"]): Route {
  return {
    methods: ["POST"],
    path,
    contentType: CONTENT_TYPE,
    read,
    refusesSingly: true,
    answer: (records, request) => answer(records, request, counter),
  };
}

function read(
  request: IntakeRequest,
  signal: OtlpSignal,
  toRecords: (message: DecodedMessage) => readonly IntakeRecord[],
): Reading {
  try {
    const { body } = request;
    const text = isProtobuf(request) ? undefined : textOf(body);
    if (!isProtobuf(request) && text === undefined) return { status: "malformed", reason: "the body is not UTF-8" };
    return { status: "read", records: toRecords(decodeOtlpRequest(text ?? body, signal)) };
  } catch (error) {
    return { status: "malformed", reason: String(error) };
  }
}

function spanRecord(span: ReceivedSpan): IntakeRecord {
  const problems: string[] = [];
  if (!/^[0-9a-f]{32}$/i.test(span.traceId)) problems.push("traceId is missing");
  if (!/^[0-9a-f]{16}$/i.test(span.spanId)) problems.push("spanId is missing");
  return { id: `${span.traceId}-${span.spanId}`, record: span, problems };
}

let logs = 0;

/** Log records have no ids; those of vendors' records are known by their span. */
function logRecord(log: ReceivedLog): IntakeRecord {
  const { traceId, spanId, eventName = "" } = log;
  const id = traceId === undefined || spanId === undefined ? `log-${++logs}` : `${traceId}-${spanId}-${eventName}`;
  return { id, record: log, problems: [] };
}

function answer(records: readonly Judged[], request: IntakeRequest, counter: string): Reply {
  const refused = records.filter(({ outcome }) => outcome === "refused");
  const message = refused[0]?.problems.join("; ") ?? "";
  return partialSuccess(isProtobuf(request), counter, refused.length, message);
}
