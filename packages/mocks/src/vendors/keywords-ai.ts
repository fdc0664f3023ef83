import { createHash } from "node:crypto";
import type { Intake, IntakeRecord, Judged } from "../intake.ts";
import type { JsonObject } from "../json.ts";
import { otlpTraces } from "../otlp/routes.ts";
import { readMany, readOne, recordCheck, refusesBearer } from "../read-json.ts";

const check = recordCheck("keywords-ai");
const JSON_TYPE = /^application\/json\b/;
/** docs.keywordsai.co: "20 MB per span payload", larger ones are rejected. */
const MAX_SPAN_BYTES = 20_000_000;

/** Sources: docs.keywordsai.co "Traces ingest from logs", "Logging"; respan.ai/docs; read 2026-11-21. */
export const keywordsAI: Intake = {
  name: "keywords-ai",
  title: "Keywords AI (Respan)",
  recordName: "RequestLog",
  refusesKey: ({ authorization }, key) => refusesBearer(authorization, key),
  routes: [
    {
      methods: ["POST"],
      path: /^(\/api)?(\/openai|\/integrations)?(\/v1)?\/traces\/ingest\/?$/,
      contentType: JSON_TYPE,
      read: (request) => readMany(request, (value) => toRecord(value, true)),
      answer: (records) => ({ status: 200, body: { success: true, ingested_count: countTaken(records) } }),
    },
    {
      methods: ["POST"],
      path: /^(\/api)?\/request-logs(\/create)?\/?$/,
      contentType: JSON_TYPE,
      read: (request) => readOne(request, (value) => toRecord(value, false)),
      answer: () => ({ status: 200, body: { message: "log successful" } }),
    },
    otlpTraces(/^(\/api)?\/v[12]\/traces$/),
  ],
  invalidStatus: 400,
  error: (status, reason) => (status === 401 ? { detail: reason } : { error: reason }),
  summary: (record) => {
    const { log_type, span_name, name } = record as { log_type?: string; span_name?: string; name?: string };
    return [log_type, span_name ?? name].filter(Boolean).join(" ");
  },
};

const countTaken = (records: readonly Judged[]): number =>
  records.filter(({ outcome }) => outcome !== "refused").length;

/** @param isSpan the batch endpoint asks for the ids of trace and span. */
function toRecord(value: JsonObject, isSpan: boolean): IntakeRecord {
  const { trace_unique_id: trace, span_unique_id: span } = value;
  const problems = isSpan ? [...check(value)] : [];
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) > MAX_SPAN_BYTES) problems.push("larger than 20 MB");
  const hash = () => createHash("sha256").update(text).digest("hex");
  const id = typeof trace === "string" && typeof span === "string" ? `${trace}-${span}` : hash();
  return { id, record: value, problems };
}
