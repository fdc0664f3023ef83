import { defineVendor } from "../define-vendor.ts";
import { describeRows, mapRows } from "../engine/rows.ts";
import { isGenAISpan, isPartOfTrace } from "../formats/galileo/span-type.ts";
import type { Vendor } from "../vendor.ts";
import { decode } from "./decode.ts";
import { endpointOf } from "./endpoint.ts";
import { spanMapping, traceMapping } from "./mapping.ts";
import { type GalileoOptions, optionsSchema } from "./options.ts";
import { type TraceRecord, traceSchema } from "./schema.ts";

/** Galileo's documented record: one Trace with a flat list of Spans for each trace. */
export const galileo: Vendor = defineVendor<TraceRecord, GalileoOptions>({
  name: "galileo",
  title: "Galileo",
  document: { title: "api-evangelist/galileo-ai: galileo-ai-trace-schema.json", read: "2026-11-21" },
  optionsSchema,
  environment: {
    apiKey: ["GALILEO_API_KEY"],
    projectId: ["GALILEO_PROJECT_ID"],
    logStreamId: ["GALILEO_LOG_STREAM_ID"],
  },
  format: (options) => ({
    recordName: "Trace",
    unit: "trace",
    schema: traceSchema,
    accepts: (span) => isPartOfTrace(span, options),
    wantsTrace: ({ spans }) => spans.some(isGenAISpan),
    map: (input) => mapRows(traceMapping, { ...input, options }),
    decode,
    following: [
      "id",
      "created_at",
      "metrics.cost",
      "metrics.tokens_input",
      "metrics.tokens_output",
      "metrics.tokens_total",
      "spans.trace_id",
      "spans.parent_id",
    ],
    endpoint: endpointOf(options),
    tables: [
      { title: "Trace", fields: describeRows(traceMapping) },
      { title: "Span", fields: describeRows(spanMapping) },
    ],
  }),
});
