import { bodyText } from "../engine/json-text.ts";
import type { Endpoint, NoEndpoint } from "../vendor.ts";
import type { GalileoIngestOptions } from "./options.ts";
import type { IngestRequest } from "./schema.ts";

type EndpointOptions = Pick<GalileoIngestOptions, "apiKey" | "apiKeyHeader" | "baseUrl" | "pathPrefix">;

/**
 * Traces of one project, log stream or experiment, and session go in one request.
 * Galileo documents no limit to a request; 429 on quota, 422 for a body that it refuses.
 */
export function endpointOf(options: EndpointOptions): Endpoint<IngestRequest> | NoEndpoint {
  const { apiKey, apiKeyHeader } = options;
  if (apiKey === undefined) return { unavailable: "galileo-ingest: set option `apiKey` or GALILEO_API_KEY" };
  const base = options.baseUrl.replace(/\/+$/, "") + options.pathPrefix;
  const headers = { "content-type": "application/json", [apiKeyHeader]: apiKey };
  return {
    maxRecords: 100,
    groupOf: ({ traces: _traces, ...envelope }) => JSON.stringify(envelope),
    request: (records) => {
      const first = records[0] as IngestRequest; // there is at least one record
      const { project_id } = first;
      const traces = records.length === 1 ? first.traces : records.flatMap(({ traces }) => traces);
      const body = { ...first, project_id: undefined, traces };
      return {
        url: `${base}/projects/${encodeURIComponent(project_id)}/traces`,
        method: "POST",
        headers,
        body: bodyText(body),
      };
    },
    retryableStatuses: [429, 500, 502, 503, 504],
  };
}
