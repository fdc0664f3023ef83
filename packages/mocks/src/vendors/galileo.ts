import type { Intake } from "../intake.ts";
import { readOne, recordCheck } from "../read-json.ts";

const check = recordCheck("galileo");

/** @returns what is wrong with the key: its header, or a bearer token as Galileo's own client sends. */
export const refusesGalileoKey: Intake["refusesKey"] = (headers, key) => {
  const [, bearer] = /^Bearer (\S+)$/.exec(headers.authorization ?? "") ?? [];
  const given = headers["galileo-api-key"] ?? headers["splunk-ao-api-key"] ?? bearer;
  if (given === undefined || given === "") return "header `Galileo-API-Key` is missing";
  return key === undefined || given === key ? undefined : "Invalid API key";
};

/** The documented record, one in a request, at any path: Galileo documents none for it. */
export const galileo: Intake = {
  name: "galileo",
  title: "Galileo",
  recordName: "Trace",
  refusesKey: refusesGalileoKey,
  routes: [
    {
      methods: ["POST", "PUT"],
      path: /^\//,
      contentType: /^application\/json\b/,
      read: (request) =>
        readOne(request, (value) => ({ id: String(value["id"]), record: value, problems: check(value) })),
      answer: ([judged]) => ({ status: 200, body: { id: judged?.id } }),
    },
  ],
  invalidStatus: 422,
  error: (_status, reason) => ({ detail: reason }),
  summary: (record) => String((record as { name?: string }).name ?? ""),
};
