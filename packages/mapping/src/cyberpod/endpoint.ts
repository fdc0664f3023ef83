import { bodyText } from "../engine/json-text.ts";
import type { Endpoint, NoEndpoint } from "../vendor.ts";
import type { CyberPodOptions } from "./options.ts";
import type { TraceRecord } from "./schema.ts";

/**
 * The portal enumerates `list` and `get` for traces (and `emit` for app events), so the URL is the user's to give.
 * That it takes POST with one record is inferred from the sibling entities. 404 and 405 mean that it does not, and
 * are final.
 */
export function endpointOf({
  endpoint,
  token,
}: Pick<CyberPodOptions, "endpoint" | "token">): Endpoint<TraceRecord> | NoEndpoint {
  if (endpoint === undefined) {
    return {
      unavailable:
        "CyberPod documents no write path for Trace (list and get only): set option `endpoint` or CYBERPOD_ENDPOINT " +
        "to a URL that takes them, or write records to a file",
    };
  }
  const headers = {
    "content-type": "application/json",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  return {
    maxRecords: 1,
    request: ([record]) => ({ url: endpoint, method: "POST", headers, body: bodyText(record) }),
    retryableStatuses: [429, 500, 502, 503, 504],
  };
}
