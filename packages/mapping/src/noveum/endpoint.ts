import { bodyText } from "../engine/json-text.ts";
import type { Endpoint, NoEndpoint, RecordSource, Refusal } from "../vendor.ts";
import type { NoveumOptions } from "./options.ts";
import type { RequestLog } from "./schema.ts";

/** Noveum has no HTTP API for these logs: its gateway writes them to the operator's own Elasticsearch. */
export function endpointOf(options: NoveumOptions): Endpoint<RequestLog> | NoEndpoint {
  if (options.elasticsearchUrl !== undefined) return bulkEndpoint(options, options.elasticsearchUrl);
  if (options.url !== undefined) return arrayEndpoint(options, options.url);
  return {
    unavailable:
      "noveum: set option `elasticsearchUrl` or ELASTICSEARCH_URL to the Elasticsearch that your gateway writes to, " +
      "or option `url` to a URL that takes the logs",
  };
}

const RETRYABLE_STATUSES = [429, 500, 502, 503, 504];

/**
 * Elasticsearch's bulk API: a line that says where, a line that is the log. The id of a document is made of trace and
 * span, else it is the log's own, so that a log that is sent twice is indexed once.
 */
function bulkEndpoint(options: NoveumOptions, elasticsearchUrl: string): Endpoint<RequestLog> {
  const url = `${elasticsearchUrl.replace(/\/+$/, "")}/_bulk?filter_path=errors,items.*.error.type`;
  const headers = headersOf(options, "application/x-ndjson");
  const action = (record: RequestLog, source: RecordSource | undefined): string => {
    const id = source === undefined ? record.attributes.id : `${source.traceId}-${source.spanId}`;
    return JSON.stringify({ index: { _index: options.index, _id: id } });
  };
  return {
    maxRecords: 500,
    // Elasticsearch's own advice for one bulk request; it refuses 100 MB.
    maxBytes: 10_000_000,
    request: (records, sources = []) => ({
      url,
      method: "POST",
      headers,
      body: records.map((record, index) => `${action(record, sources[index])}\n${jsonLine(record)}\n`).join(""),
    }),
    retryableStatuses: RETRYABLE_STATUSES,
    refusalIn,
  };
}

const ERROR_TYPE = /"type"\s*:\s*"([^"]+)"/g;
/** Elasticsearch is too busy for the document; any other type of error is about the document itself. */
const BUSY = /rejected_execution_exception$|^circuit_breaking_exception$|^unavailable_shards_exception$/;

/** Elasticsearch answers 200 where it indexed some documents and refused others; the path filter leaves the refusals. */
function refusalIn(body: string): Refusal | undefined {
  if (!/"errors"\s*:\s*true/.test(body)) return undefined;
  const types = [...new Set([...body.matchAll(ERROR_TYPE)].map(([, type = ""]) => type))];
  return {
    reason: `documents were refused: ${types.join(", ") || "no type of error was given"}`,
    retryable: types.length > 0 && types.every((type) => BUSY.test(type)),
  };
}

/** A plain array, as docs/logs.md shows them. */
function arrayEndpoint(options: NoveumOptions, url: string): Endpoint<RequestLog> {
  const headers = headersOf(options, "application/json");
  return {
    maxRecords: 100,
    maxBytes: 10_000_000,
    request: (records) => ({ url, method: "POST", headers, body: bodyText(records) }),
    retryableStatuses: RETRYABLE_STATUSES,
  };
}

/** JSON has no line breaks of its own: those in texts are escaped. */
function jsonLine(record: RequestLog): string {
  return bodyText(record);
}

function headersOf({ username, password, headers }: NoveumOptions, contentType: string): Record<string, string> {
  const basic = Buffer.from(`${username}:${password}`).toString("base64");
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    "content-type": contentType,
    ...(username !== undefined && { authorization: `Basic ${basic}` }),
    ...Object.fromEntries(own),
  };
}
