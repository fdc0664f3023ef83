import { bodyText } from "../engine/json-text.ts";
import type { Endpoint, NoEndpoint } from "../vendor.ts";
import { type Feedback, isFeedback } from "./feedback/schema.ts";
import type { Log10Options } from "./options.ts";
import type { Completion } from "./schema.ts";

/**
 * One record in a request. Source: log10ts openapi.yaml (POST /api/v1/completions, POST /api/v1/feedback), read
 * 2026-11-21.
 */
export function endpointOf({
  token,
  baseUrl,
}: Pick<Log10Options, "token" | "baseUrl">): Endpoint<Completion | Feedback> | NoEndpoint {
  if (token === undefined) return { unavailable: "log10: set option `token` or LOG10_TOKEN" };
  const base = `${baseUrl.replace(/\/+$/, "")}/api/v1`;
  return {
    maxRecords: 1,
    request: ([record]) => ({
      url: `${base}/${isAboutOthers(record) ? "feedback" : "completions"}`,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-log10-token": token,
        "x-log10-organization": record?.organization_id ?? "",
      },
      body: bodyText(isAboutOthers(record) ? withoutOrganization(record) : record),
    }),
    retryableStatuses: [429, 500, 502, 503, 504],
  };
}

function isAboutOthers(record: Completion | Feedback | undefined): record is Feedback {
  return record !== undefined && isFeedback(record);
}

/** The body of a Feedback has no field for it. */
function withoutOrganization({ organization_id: _inHeader, ...body }: Feedback): Omit<Feedback, "organization_id"> {
  return body;
}
