import { createHash } from "node:crypto";
import type { Intake, IntakeRecord } from "../intake.ts";
import type { JsonObject } from "../json.ts";
import { readOne, recordCheck, refusesBearer } from "../read-json.ts";

const check = recordCheck("cyberpod");

/** "Server-assigned" and "auto-stamped" in the vendor's table: a client that sends these claims what is not its own. */
const STAMPED: readonly string[] = [
  "id",
  "tenant_id",
  "app_id",
  "created_at",
  "updated_at",
  "created_by",
  "updated_by",
  "is_deleted",
  "deleted_at",
  "deleted_by",
  "schema_version",
];

/** Source: docs.cyberpod.app, portal "Telemetry / Trace", read 2026-11-21; that traces are posted there is inferred. */
export const cyberPod: Intake = {
  name: "cyberpod",
  title: "CyberPod",
  recordName: "Trace",
  refusesKey: ({ authorization }, key) => refusesBearer(authorization, key),
  routes: [
    {
      methods: ["POST"],
      path: /^\/api\/v1\/telemetry\/traces$/,
      contentType: /^application\/json\b/,
      read: (request) => readOne(request, toRecord),
      answer: ([judged]) => ({ status: 201, body: { id: stampedId(judged?.id ?? ""), ...judged?.record } }),
    },
  ],
  invalidStatus: 400,
  error: (_status, reason) => ({ error: { message: reason } }),
  summary: (record) => {
    const { span_kind, model } = record as { span_kind?: string; model?: string };
    return [span_kind, model].filter(Boolean).join(" ");
  },
};

/** The record has no id of the client's; `source` holds one where the option says so, else the record is its own. */
function toRecord(value: JsonObject): IntakeRecord {
  const problems = [...check(value)];
  for (const field of STAMPED) if (field in value) problems.push(`${field}: is stamped by the server`);
  const { source } = value;
  const hash = () => createHash("sha256").update(JSON.stringify(value)).digest("hex");
  return { id: typeof source === "string" && source.startsWith("otel:") ? source : hash(), record: value, problems };
}

/** In the place of a ULID with a prefix. */
const stampedId = (id: string): string => `trc_${createHash("sha256").update(id).digest("hex").slice(0, 26)}`;
