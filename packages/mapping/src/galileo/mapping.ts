import { ATTR_GENSPAN_LOG_STREAM_ID, ATTR_GENSPAN_RECORD_ID } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { from } from "../engine/readers.ts";
import { type Mapping, mapRows } from "../engine/rows.ts";
import { traceInputText, traceOutputText } from "../formats/galileo/plain-text.ts";
import { spanTypeOf } from "../formats/galileo/span-type.ts";
import { extentOf, firstInTrace, projectOf, sessionOf } from "../formats/galileo/trace-values.ts";
import { recordId, traceRecordId } from "../formats/ids.ts";
import { hrTimeToIso, nanosBetween } from "../formats/time.ts";
import { spanMetricsOf, traceMetricsOf } from "./metrics.ts";
import type { GalileoOptions } from "./options.ts";
import type { SpanRecord, TraceRecord } from "./schema.ts";
import { spanInputOf, spanOutputOf, toolsUsedBy } from "./span-content.ts";

export const spanMapping: Mapping<SpanRecord, GalileoOptions> = {
  id: from("UUID made of trace id and span id, the same at every retry", ({ span }) => idOf(span)),
  trace_id: from("`id` of the trace", ({ span }) => traceRecordId(span, "any")),
  parent_id: from("`id` of the nearest ancestor in the record; absent for a root", ({ span, trace }) => {
    const parent = trace.parentOf(span);
    return parent && idOf(parent);
  }),
  type: from(
    "operation: `llm` for chat, completion and generated content, `tool` for a tool, `retriever` for retrieval and " +
      "memory search, option `embeddingsAs` for embeddings, else `workflow`, as agents are",
    ({ span, options }) => {
      const type = spanTypeOf(span, options);
      return type === "agent" ? "workflow" : type;
    },
  ),
  name: from("name of the span", ({ span }) => span.name || undefined),
  input: from(
    "`llm`: messages; `tool`: `gen_ai.tool.call.arguments`; `retriever`: the query, or the texts to embed " +
      "(`genspan.raw.request`); `workflow`: `gen_ai.input.messages`, a single text as text",
    ({ span, options }) => spanInputOf(span, spanTypeOf(span, options)),
  ),
  output: from(
    "`llm`: the message, or all of several choices; `tool`: `gen_ai.tool.call.result`; `retriever`: documents or " +
      "memory records; `workflow`: `gen_ai.output.messages`, a single text as text",
    ({ span, options }) => spanOutputOf(span, spanTypeOf(span, options)),
  ),
  model: from("`gen_ai.response.model`, else `gen_ai.request.model`", ({ span }) => span.model),
  tokens_input: from("`gen_ai.usage.input_tokens`", ({ span }) => span.usage.input),
  tokens_output: from("`gen_ai.usage.output_tokens`", ({ span }) => span.usage.output),
  duration_ms: from("duration of the span in whole milliseconds", ({ span }) =>
    Math.round(nanosBetween(span.startTime, span.endTime) / 1e6),
  ),
  metrics: from(
    "`time_to_first_token_ms`, `tokens_total`, `tokens_input_cached`, `tokens_output_reasoning`, `cost` (USD), " +
      "`cost_source` and `cost_price_date` (of a price that we looked up), `error` (`error.type`), `error_message`, and each `gen_ai.evaluation.result` under its name (a label beside a score as `<name>_label`)",
    ({ span }) => spanMetricsOf(span),
  ),
  tools_used: from("names of the tools that the output calls; of a tool's span, its own", ({ span }) =>
    toolsUsedBy(span),
  ),
};

/** A span that was made of a record keeps that record's id, which may be any text here. */
function idOf(span: GenAISpan): string {
  return span.text(ATTR_GENSPAN_RECORD_ID) ?? recordId(span);
}

/** `span` is the root. */
export const traceMapping: Mapping<TraceRecord, GalileoOptions> = {
  id: from("UUID made of the trace id, the same at every retry", ({ span }) => traceRecordId(span, "any")),
  project_id: from(
    "`genspan.project.id` of any span, where that is a UUID, else option `projectId`",
    ({ trace, options }) => projectOf(trace, options),
  ),
  log_stream_id: from(
    "`genspan.log_stream.id` of any span, else option `logStreamId`",
    ({ trace, options }) => firstInTrace(trace, ATTR_GENSPAN_LOG_STREAM_ID) ?? options.logStreamId,
  ),
  session_id: from(
    "`gen_ai.conversation.id` of any span, else `session.id`, else option `sessionId`",
    ({ trace, options }) => sessionOf(trace) ?? options.sessionId,
  ),
  name: from("name of the root span", ({ span }) => span.name || undefined),
  input: from(
    "text of the root's input, else of the first span that has one; of messages, the last of the user",
    traceInputText,
  ),
  output: from("text of the root's output, else of the last span that has one", traceOutputText),
  spans: from("the spans of the trace, parents first, in order of start time", ({ trace, options }) =>
    trace.spans.map((span) => mapRows(spanMapping, { span, trace, options })),
  ),
  metrics: from(
    "`duration_ms`; sums over the calls of models: `tokens_input`, `tokens_output`, `cost` (USD, where known of all); " +
      "`error` of the root",
    traceMetricsOf,
  ),
  created_at: from("start of the earliest root span", ({ trace }) => hrTimeToIso(extentOf(trace)[0])),
};
