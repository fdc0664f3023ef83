import { defineVendor } from "../define-vendor.ts";
import { describeRows, mapRows } from "../engine/rows.ts";
import { isGenAISpan, isPartOfTrace } from "../formats/galileo/span-type.ts";
import type { Vendor } from "../vendor.ts";
import { commonRows } from "./common-rows.ts";
import { controlRows } from "./control-rows.ts";
import { decode } from "./decode.ts";
import { endpointOf } from "./endpoint.ts";
import { mapping, traceMapping } from "./mapping.ts";
import { llmMetricRows, metricRows } from "./metrics.ts";
import { type GalileoIngestOptions, optionsSchema } from "./options.ts";
import { documentedRequestSchema, type IngestRequest, ingestRequestSchema } from "./schema.ts";
import { agentRows, llmRows, retrieverRows, toolRows, workflowRows } from "./span-rows.ts";

/** What Galileo's API takes today: one request with nested spans for each trace. */
export const galileoIngest: Vendor = defineVendor<IngestRequest, GalileoIngestOptions>({
  name: "galileo-ingest",
  title: "Galileo (ingest API)",
  document: { title: "galileo-python openapi.yaml: LogTracesIngestRequest", read: "2026-11-21" },
  optionsSchema,
  environment: {
    apiKey: ["GALILEO_API_KEY"],
    baseUrl: ["GALILEO_API_URL"],
    projectId: ["GALILEO_PROJECT_ID"],
    logStreamId: ["GALILEO_LOG_STREAM_ID"],
  },
  format: (options) => ({
    recordName: "LogTracesIngestRequest",
    unit: "trace",
    schema: ingestRequestSchema,
    readSchema: () => documentedRequestSchema,
    accepts: (span) => isPartOfTrace(span, options),
    wantsTrace: ({ spans }) => spans.some(isGenAISpan),
    map: (input) => mapRows(mapping, { ...input, options }),
    decode: (record) => decode(record, options),
    following: [
      "client_version",
      "logging_method",
      "include_trace_ids",
      "is_complete",
      "reliable",
      "traces.id",
      "traces.created_at",
      "traces.metrics.duration_ns",
    ],
    endpoint: endpointOf(options),
    tables: [
      { title: "LogTracesIngestRequest", fields: describeRows(mapping) },
      { title: "Trace", fields: describeRows(traceMapping) },
      { title: "Span (of every type)", fields: describeRows(commonRows) },
      { title: "LlmSpan", fields: describeRows(llmRows) },
      { title: "ToolSpan", fields: describeRows(toolRows) },
      { title: "RetrieverSpan", fields: describeRows(retrieverRows) },
      { title: "WorkflowSpan", fields: describeRows(workflowRows) },
      { title: "AgentSpan", fields: describeRows(agentRows) },
      { title: "ControlSpan", fields: describeRows(controlRows) },
      { title: "Metrics", fields: describeRows(metricRows) },
      { title: "LlmMetrics", fields: describeRows(llmMetricRows) },
    ],
  }),
});
