import { randomUUID } from "node:crypto";
import type { Intake, IntakeRecord, IntakeRequest } from "../intake.ts";
import type { JsonObject } from "../json.ts";
import { readOne, recordCheck } from "../read-json.ts";

const check = recordCheck("log10");
const JSON_TYPE = /^application\/json\b/;

/** Source: log10ts openapi.yaml (POST /api/v1/completions, POST /api/v1/completions/{completionId}), read 2026-11-21. */
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
  ],
  invalidStatus: 400,
  error: (_status, reason) => ({ error: reason }),
  summary: (record) => {
    const { kind, status, request } = record as { kind?: string; status?: string; request?: { model?: string } };
    return [kind, status, request?.model].filter(Boolean).join(" ");
  },
};

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
