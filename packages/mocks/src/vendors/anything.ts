import type { Intake } from "../intake.ts";
import { isObject, parseJson } from "../json.ts";

let requests = 0;

/** Takes whatever comes, each request as one record: for senders of which only the transport is tested. */
export const anything: Intake = {
  name: "http",
  title: "HTTP",
  recordName: "request",
  refusesKey: () => undefined,
  routes: [
    {
      methods: ["POST", "PUT", "PATCH", "GET", "DELETE"],
      path: /^\//,
      contentType: /(?:)/,
      read: ({ body }) => {
        const value = parseJson(body.toString("utf8"));
        const record = isObject(value) ? value : { body: value ?? body.toString("utf8") };
        const { id } = record as { id?: unknown };
        return {
          status: "read",
          records: [{ id: typeof id === "string" ? id : `request-${++requests}`, record, problems: [] }],
        };
      },
      answer: () => ({ status: 200, body: {} }),
    },
  ],
  invalidStatus: 400,
  error: (status, reason) => ({ status, reason }),
  summary: () => "",
};
