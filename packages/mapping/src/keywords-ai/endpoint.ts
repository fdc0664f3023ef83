import { bodyText } from "../engine/json-text.ts";
import type { Endpoint, NoEndpoint } from "../vendor.ts";
import type { KeywordsAIOptions } from "./options.ts";
import type { RequestLog } from "./schema.ts";

/**
 * The batch endpoint: an array of logs, each of which names its trace and span.
 * Documented at docs.keywordsai.co "Traces ingest from logs": at most 20 MB for one span; 429 when throttled.
 */
export function endpointOf(
  options: Pick<KeywordsAIOptions, "apiKey" | "baseUrl" | "path">,
): Endpoint<RequestLog> | NoEndpoint {
  const { apiKey } = options;
  if (apiKey === undefined) return { unavailable: "keywords-ai: set option `apiKey` or RESPAN_API_KEY" };
  const url = ingestUrl(options.baseUrl, options.path);
  const headers = { "content-type": "application/json", authorization: `Bearer ${apiKey}` };
  return {
    maxRecords: 100,
    maxBytes: 20_000_000,
    request: (records) => ({ url, method: "POST", headers, body: bodyText(records) }),
    retryableStatuses: [429, 500, 502, 503, 504],
  };
}

/** The vendor's SDK takes base URLs with and without `/api` at the end, and so do we. */
export function ingestUrl(baseUrl: string, path: string): string {
  const base = baseUrl.replace(/\/+$/, "");
  return base.endsWith("/api") && path.startsWith("/api/") ? base + path.slice("/api".length) : base + path;
}
