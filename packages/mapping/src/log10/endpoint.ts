import { bigIntAsText } from "../formats/json-text.ts";
import type { Endpoint, NoEndpoint } from "../vendor.ts";
import type { Log10Options } from "./options.ts";
import type { Completion } from "./schema.ts";

/** One completion in a request. Source: log10ts openapi.yaml (POST /api/v1/completions), read 2026-11-21. */
export function endpointOf({
  token,
  baseUrl,
}: Pick<Log10Options, "token" | "baseUrl">): Endpoint<Completion> | NoEndpoint {
  if (token === undefined) return { unavailable: "log10: set option `token` or LOG10_TOKEN" };
  const url = `${baseUrl.replace(/\/+$/, "")}/api/v1/completions`;
  return {
    maxRecords: 1,
    request: ([record]) => ({
      url,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-log10-token": token,
        "x-log10-organization": record?.organization_id ?? "",
      },
      body: JSON.stringify(record, bigIntAsText),
    }),
    retryableStatuses: [429, 500, 502, 503, 504],
  };
}
