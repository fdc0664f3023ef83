import { bodyText } from "../engine/json-text.ts";
import type { Endpoint, NoEndpoint } from "../vendor.ts";
import type { GalileoOptions } from "./options.ts";
import type { TraceRecord } from "./schema.ts";

/** One record in one POST to the user's URL. */
export function endpointOf({
  url,
  apiKey,
  apiKeyHeader,
}: Pick<GalileoOptions, "url" | "apiKey" | "apiKeyHeader">): Endpoint<TraceRecord> | NoEndpoint {
  if (url === undefined) {
    return {
      unavailable:
        "galileo: no write path is documented for this record: use vendor `galileo-ingest` for Galileo's API, set " +
        "option `url` to a URL that takes it, or write records to a file",
    };
  }
  const headers = {
    "content-type": "application/json",
    ...(apiKey !== undefined && { [apiKeyHeader]: apiKey }),
  };
  return {
    maxRecords: 1,
    request: ([record]) => ({ url, method: "POST", headers, body: bodyText(record) }),
    retryableStatuses: [429, 500, 502, 503, 504],
  };
}
