import { createHash } from "node:crypto";
import type { Intake, IntakeRecord, IntakeRequest, Judged, Reading, Reply } from "../intake.ts";
import { isObject, type JsonObject, parseJson } from "../json.ts";
import { readMany, readOne, recordCheck, textOf } from "../read-json.ts";

const checkDocumented = recordCheck("noveum", { dialect: "documented" });
const checkGateway = recordCheck("noveum", { dialect: "gateway" });
/** `http.max_content_length` of Elasticsearch, by default. */
const MAX_BYTES = 100_000_000;
const JSON_TYPE = /^application\/(json|x-ndjson)\b/;

/**
 * Noveum's gateway writes its logs to the operator's Elasticsearch (ai-gateway src/telemetry, read 2026-11-21): its
 * bulk and index APIs, and any other path that takes a plain array, as docs/logs.md shows the logs.
 */
export const noveum: Intake = {
  name: "noveum",
  title: "Noveum",
  recordName: "RequestLog",
  refusesKey({ authorization }, key) {
    if (key === undefined) return undefined; // Elasticsearch may be open
    const [, basic = ""] = /^Basic (\S+)$/.exec(authorization ?? "") ?? [];
    const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(basic, "base64").toString()) ?? [];
    return password === key ? undefined : "user or password of HTTP Basic are missing or not the right ones";
  },
  routes: [
    {
      methods: ["POST", "PUT"],
      path: /^\/(?:([^/]+)\/)?_bulk$/,
      contentType: JSON_TYPE,
      maxBytes: MAX_BYTES,
      read: (request, [, index]) => readBulk(request, index),
      refusesSingly: true,
      answer: bulkReply,
    },
    {
      methods: ["POST", "PUT"],
      path: /^\/[^/]+\/_doc(?:\/([^/]+))?$/,
      contentType: JSON_TYPE,
      maxBytes: MAX_BYTES,
      read: (request, [, id]) => readOne(request, (value) => toRecord(value, id)),
      answer: ([judged]) => documentReply(judged),
    },
    {
      methods: ["POST", "PUT"],
      path: /^\/(?!.*_bulk|.*_doc)/,
      contentType: /^application\/json\b/,
      read: (request) => readMany(request, (value) => toRecord(value, undefined)),
      answer: () => ({ status: 200, body: {} }),
    },
  ],
  invalidStatus: 400,
  error: (status, reason) => ({ error: { type: "illegal_argument_exception", reason }, status }),
  summary: (record) => {
    const { attributes = {} } = record as { attributes?: JsonObject };
    return [attributes["provider"], attributes["model"]].filter(Boolean).join(" ");
  },
};

/** Lines in pairs: what to do and where, then the document; the last line ends as well. */
function readBulk({ body }: IntakeRequest, pathIndex: string | undefined): Reading {
  const text = textOf(body);
  if (text === undefined) return { status: "malformed", reason: "the body is not UTF-8" };
  if (!text.endsWith("\n")) {
    return { status: "malformed", reason: "The bulk request must be terminated by a newline [\\n]" };
  }
  const lines = text.slice(0, -1).split("\n");
  const records: IntakeRecord[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    const action = parseJson(lines[at] ?? "");
    const target = isObject(action) ? (action["index"] ?? action["create"]) : undefined;
    if (!isObject(target)) return { status: "malformed", reason: `Malformed action/metadata line [${at + 1}]` };
    const document = parseJson(lines[at + 1] ?? "");
    if (!isObject(document)) return { status: "malformed", reason: `line [${at + 2}] is no JSON object` };
    const { _index: index = pathIndex, _id: id } = target;
    const record = toRecord(document, typeof id === "string" ? id : undefined);
    const problems =
      typeof index === "string" && index !== "" ? record.problems : [...record.problems, "index is missing"];
    records.push({ ...record, problems });
  }
  return { status: "read", records };
}

function toRecord(value: JsonObject, id: string | undefined): IntakeRecord {
  const attributes = isObject(value["attributes"]) ? value["attributes"] : {};
  const check = "thread_id" in attributes ? checkGateway : checkDocumented;
  const own = typeof attributes["id"] === "string" ? attributes["id"] : hashOf(value);
  return { id: id ?? own, record: value, problems: check(value) };
}

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

function documentReply(judged: Judged | undefined): Reply {
  const isNew = judged?.outcome === "stored";
  return { status: isNew ? 201 : 200, body: { _id: judged?.id, result: isNew ? "created" : "updated" } };
}

/** With `filter_path=errors,...` only what went wrong is told. */
function bulkReply(records: readonly Judged[], { query }: IntakeRequest): Reply {
  const items = records.map(({ id, outcome, problems }) => ({
    index:
      outcome === "refused"
        ? { _id: id, status: 400, error: { type: "document_parsing_exception", reason: problems.join("; ") } }
        : { _id: id, status: outcome === "stored" ? 201 : 200, result: outcome === "stored" ? "created" : "updated" },
  }));
  const errors = records.some(({ outcome }) => outcome === "refused");
  if (!query.get("filter_path")?.startsWith("errors")) return { status: 200, body: { took: 1, errors, items } };
  const refused = items.flatMap(({ index }) =>
    "error" in index ? [{ index: { error: { type: index.error?.type } } }] : [],
  );
  return { status: 200, body: errors ? { errors, items: refused } : { errors } };
}
