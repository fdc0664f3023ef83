import { randomUUID } from "node:crypto";
import type { Intake, IntakeRecord, IntakeRequest } from "../intake.ts";
import type { JsonObject } from "../json.ts";
import { readOne, recordCheck } from "../read-json.ts";

const check = recordCheck("log10");
const JSON_TYPE = /^application\/json\b/;

/**
 * Source: log10ts openapi.yaml (POST /api/v1/completions, POST /api/v1/completions/{completionId}, POST
 * /api/v1/feedback), read 2026-11-21.
 */
export const log10: Intake = {
  name: "log10",
  title: "Log10",
  recordName: "Completion",
  refusesKey(headers, key) {
    const token = headers["x-log10-token"];
    if (token === undefined || token === "") return "header `X-Log10-Token` is missing";
    return key === undefined || token === key ? undefined : "the token is not the right one";
  },
  routes: [
    {
      methods: ["POST"],
      path: /^\/api\/v1\/completions$/,
      contentType: JSON_TYPE,
      read: (request) => readOne(request, (value) => toRecord(value, request, undefined)),
      answer: ([judged]) => ({ status: 201, body: { ...judged?.record, id: judged?.id } }),
    },
    {
      methods: ["POST"],
      path: /^\/api\/v1\/completions\/([^/]+)$/,
      contentType: JSON_TYPE,
      read: (request, [, id]) => readOne(request, (value) => toRecord(value, request, id)),
      answer: ([judged]) => ({ status: 200, body: judged?.record }),
    },
    {
      methods: ["POST"],
      path: /^\/api\/v1\/feedback$/,
      contentType: JSON_TYPE,
      read: (request) => readOne(request, (value) => toFeedback(value, request)),
      answer: ([judged]) => ({ status: 200, body: { ...judged?.record, id: judged?.id } }),
    },
  ],
  invalidStatus: 400,
  error: (_status, reason) => ({ error: reason }),
  summary: (record) => {
    const { kind, status, request, task_id } = record as Summarised;
    if (task_id !== undefined) return `feedback for ${task_id}`;
    return [kind, status, request?.model].filter(Boolean).join(" ");
  },
};

interface Summarised {
  readonly kind?: string;
  readonly status?: string;
  readonly request?: { readonly model?: string };
  readonly task_id?: string;
}

/** Of a Feedback the organisation is in the header alone. */
function toFeedback(value: JsonObject, { headers }: IntakeRequest): IntakeRecord {
  const organization = headers["x-log10-organization"];
  const problems = [...check({ task_id: undefined, ...value, organization_id: organization })];
  if ("organization_id" in value) problems.push("`organization_id` is no field of a Feedback");
  const { id } = value;
  return { id: typeof id === "string" ? id : randomUUID(), record: value, problems };
}

/** @param pathId the id that the path names: the completion is updated, or made under it. */
function toRecord(value: JsonObject, { headers }: IntakeRequest, pathId: string | undefined): IntakeRecord {
  const organization = headers["x-log10-organization"];
  const problems = [...check(value)];
  if (organization === undefined) problems.push("header `X-Log10-Organization` is missing");
  else if (organization !== value["organization_id"]) problems.push("the header names another organization");
  const id = pathId ?? value["id"];
  if (pathId !== undefined && value["id"] !== undefined && value["id"] !== pathId)
    problems.push("the path names another id");
  return { id: typeof id === "string" ? id : randomUUID(), record: value, problems };
}
