import type { Intake, IntakeRequest, Judged, Reading, Reply } from "../intake.ts";
import { isObject, type JsonObject, parseJson } from "../json.ts";
import { otlpTraces } from "../otlp/routes.ts";
import { recordCheck, textOf } from "../read-json.ts";
import { refusesGalileoKey } from "./galileo.ts";

const check = recordCheck("galileo-ingest");

/** Source: galileo-python openapi.yaml (2026-07-30), POST /projects/{project_id}/traces; read 2026-11-21. */
export const galileoIngest: Intake = {
  name: "galileo-ingest",
  title: "Galileo (ingest)",
  recordName: "Trace",
  refusesKey: refusesGalileoKey,
  routes: [
    {
      methods: ["POST"],
      path: /^(?:\/v2)?\/projects\/([^/]+)\/traces$/,
      contentType: /^application\/json\b/,
      read: (request, [, project = ""]) => readTraces(request, decodeURIComponent(project)),
      answer: tracesReply,
    },
    otlpTraces(/^\/(?:api\/galileo\/)?otel\/traces$/),
  ],
  invalidStatus: 422,
  // HTTPValidationError of FastAPI.
  error: (status, reason) =>
    status === 422 ? { detail: [{ loc: ["body"], msg: reason, type: "value_error" }] } : { detail: reason },
  summary: (record) => {
    const { name, spans = [] } = record as { name?: string; spans?: readonly unknown[] };
    return `${name ?? ""} (${spans.length} top spans)`;
  },
};

/** Each trace is checked in the envelope that it came in, of which it is given a copy of its own. */
function readTraces({ body }: IntakeRequest, project: string): Reading {
  const request = parseJson(textOf(body) ?? "");
  const traces = isObject(request) ? request["traces"] : undefined;
  if (!isObject(request) || !Array.isArray(traces) || traces.length === 0) {
    return { status: "malformed", reason: "traces: List should have at least 1 item" };
  }
  const records = traces.map((trace: unknown) => {
    const record: JsonObject = isObject(trace) ? trace : {};
    const whole = { ...request, project_id: project, traces: [trace] };
    const problems = [...check(whole), ...repeatedIds(record)];
    return { id: String(record["id"]), record, problems };
  });
  return { status: "read", records };
}

function* idsOf(node: JsonObject): Generator<string> {
  if (typeof node["id"] === "string") yield node["id"];
  for (const span of Array.isArray(node["spans"]) ? node["spans"] : []) if (isObject(span)) yield* idsOf(span);
}

function repeatedIds(trace: JsonObject): readonly string[] {
  const ids = [...idsOf(trace)];
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...repeated].map((id) => `id ${id} is used twice`);
}

function tracesReply(records: readonly Judged[], { path, body }: IntakeRequest): Reply {
  const traces = records.filter(({ record }) => "spans" in record || "type" in record);
  const spans = traces.reduce((sum, { record }) => sum + [...idsOf(record as JsonObject)].length - 1, 0);
  const request = parseJson(body.toString("utf8"));
  const wantsIds = isObject(request) && request["include_trace_ids"] === true;
  return {
    status: 200,
    body: {
      project_id: path.split("/").at(-2),
      records_count: traces.length + spans,
      traces_count: traces.length,
      spans_count: spans,
      ...(wantsIds && { trace_ids: traces.map(({ id }) => id) }),
    },
  };
}
