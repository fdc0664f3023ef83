import { LogTracesIngestRequest$outboundSchema } from "galileo-generated/models";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { mapAll, spansIn, testdataBeside, validRecord } from "../testing.ts";
import { galileoIngest } from "./index.ts";
import type { IngestRequest } from "./schema.ts";
import type { LlmSpan, Span } from "./span-types.ts";

/** Helpers of this folder's tests. */

export const options: { readonly projectId: string; readonly apiKey: string } = {
  projectId: "c0fb3b45-3246-4cbd-9887-a58e2749a005",
  apiKey: "k",
};

export const readJson: (name: string) => unknown = testdataBeside(import.meta.url);

export function goldenSpans(): readonly ReadableSpanLike[] {
  return spansIn(readJson("agent-trace.span.json"));
}

/** The record of one trace. Fails where it is not valid by our schema, or where Galileo's client sends something else. */
export function recordOf(spans: readonly ReadableSpanLike[], given: object = options): IngestRequest {
  const record = validRecord(mapAll(galileoIngest.configure(given), spans)[0]);
  return record as IngestRequest; // made by this vendor, and valid by its schema
}

/** The span of that name, wherever it is nested. */
export function spanNamed(record: IngestRequest, name: string): Span {
  const all = (spans: readonly Span[] = []): readonly Span[] =>
    spans.flatMap((span) => [span, ...all("spans" in span ? span.spans : [])]);
  const found = all(record.traces[0]?.spans).find((span) => span.name === name);
  if (found === undefined) throw new Error(`no span ${name}`);
  return found;
}

/** The span that stands for the only one given. */
export function onlySpan(attributes: Record<string, unknown>, given: object = options): Span {
  return spanNamed(recordOf([child("a", undefined, attributes)], given), "a");
}

export function llmSpan(attributes: Record<string, unknown>): LlmSpan {
  const span = onlySpan({ "gen_ai.operation.name": "chat", ...attributes });
  if (span.type !== "llm") throw new Error(span.type);
  return span;
}

/** Spans named by one hex digit, which is their id too. */
export function child(id: string, parent: string | undefined, attributes: Record<string, unknown>): ReadableSpanLike {
  return spanOf({
    name: id,
    spanId: id.padStart(16, "0"),
    ...(parent !== undefined && { parentSpanId: parent.padStart(16, "0") }),
    attributes,
  });
}

/** The request body that the endpoint makes of records, as the server would parse it. */
export function bodyOf(...records: readonly IngestRequest[]): object {
  const { endpoint } = galileoIngest.configure(options);
  if ("unavailable" in endpoint) throw new Error(endpoint.unavailable);
  return JSON.parse(endpoint.request(records).body) as object; // the endpoint writes an object
}

/**
 * What Galileo's own client (npm galileo-generated) sends for a body. It wants camel case and dates, refuses wrong
 * types, leaves out fields that it does not know, and puts defaults in: so a right body comes back, whole.
 */
export function sentByGalileosClient(body: object): unknown {
  return JSON.parse(JSON.stringify(LogTracesIngestRequest$outboundSchema.parse(toClient(body) as never)));
}

const OPAQUE: ReadonlySet<string> = new Set([
  ...["user_metadata", "dataset_metadata", "metadata", "tools"],
  ...["arguments", "result"], // of an event
]);
const METRICS: ReadonlySet<string> = new Set([
  ...["duration_ns", "num_input_tokens", "num_output_tokens", "num_total_tokens", "time_to_first_token_ns"],
]);

function toClient(value: unknown, key = ""): unknown {
  if (OPAQUE.has(key) && typeof value !== "string") return value;
  if (Array.isArray(value)) return value.map((item) => toClient(item));
  if (typeof value !== "object" || value === null) return key === "created_at" ? new Date(String(value)) : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      key === "metrics" && !METRICS.has(name) ? name : camelCase(name),
      toClient(item, name),
    ]),
  );
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
