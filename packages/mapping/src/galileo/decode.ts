import * as names from "@genspan/semconv";
import type { HrTime } from "@opentelemetry/api";
import { contentText, jsonOrAbsent, messagesOf } from "../codec/content.ts";
import { Fields } from "../codec/fields.ts";
import { spanIdOf, traceIdOf } from "../codec/ids.ts";
import { evaluationEvents } from "../codec/metadata.ts";
import { withServerTools } from "../codec/server-tools.ts";
import { spanOfDraft } from "../codec/span-draft.ts";
import { shifted, timeOf } from "../codec/times.ts";
import type { ReadableSpanLike, SpanEventLike } from "../engine/readable-span.ts";

type Attributes = Readonly<Record<string, unknown>>;

const OPERATION_OF_TYPE: ReadonlyMap<string, string> = new Map([
  ["llm", "chat"],
  ["tool", "execute_tool"],
  ["retriever", "retrieval"],
  ["agent", "invoke_agent"],
]);

/**
 * The spans of a documented Trace. The record knows when the trace began and how long each span took, not when: all
 * begin with the trace, one nanosecond after another, in the record's order.
 */
export function decode(record: unknown): readonly ReadableSpanLike[] {
  const trace = new Fields(record);
  const spans = trace.list("spans").map((span) => new Fields(span));
  const start = timeOf(trace.value["created_at"]) ?? [0, 0];
  if (spans.length === 0) return [wholeTrace(trace, start)];
  // Some writers put the W3C id there.
  const own = spans.map((span) => span.text("trace_id")).find((id) => id !== undefined && /^[0-9a-f]{32}$/.test(id));
  const traceId = traceIdOf(own ?? trace.text("id") ?? JSON.stringify(record) ?? "");
  const rootIndex = spans.findIndex((span) => !span.has("parent_id"));
  return spans.map((span, index) => {
    const attributes = spanAttributes(span);
    return spanOfDraft(
      {
        traceId,
        spanId: spanIdOf(span.text("id") ?? String(index)),
        parentSpanId: span.has("parent_id") ? spanIdOf(span.text("parent_id") ?? "") : undefined,
        name: span.text("name") ?? "",
        ...timesOf(span, shifted(start, index)),
        ...failureOf(span.object("metrics")),
        attributes: {
          ...attributes,
          [names.ATTR_GENSPAN_RECORD_TRACE_ID]: trace.text("id"),
          ...(index === Math.max(0, rootIndex) && traceAttributes(trace)),
        },
        // Scores of the whole are the root's: a span has no other place for them.
        events: [
          ...(index === Math.max(0, rootIndex) ? evaluationsOf(trace.object("metrics"), start) : []),
          ...evaluationsOf(span.object("metrics"), start),
        ],
      },
      "galileo",
    );
  });
}

/** A trace without spans is one step. */
function wholeTrace(trace: Fields, start: HrTime): ReadableSpanLike {
  const id = trace.text("id") ?? "";
  const nanos = (trace.object("metrics").number("duration_ms") ?? 0) * 1e6;
  return spanOfDraft(
    {
      traceId: traceIdOf(id),
      spanId: spanIdOf(`trace ${id}`),
      name: trace.text("name") ?? "",
      startTime: start,
      endTime: shifted(start, nanos),
      ...failureOf(trace.object("metrics")),
      attributes: {
        [names.ATTR_GEN_AI_OPERATION_NAME]: "invoke_workflow",
        [names.ATTR_GENSPAN_RECORD_TRACE_ID]: trace.text("id"),
        ...stepContent(trace),
        ...traceAttributes(trace),
      },
      events: evaluationsOf(trace.object("metrics"), start),
    },
    "galileo",
  );
}

function traceAttributes(trace: Fields): Attributes {
  return {
    [names.ATTR_GENSPAN_PROJECT_ID]: trace.text("project_id"),
    [names.ATTR_GENSPAN_LOG_STREAM_ID]: trace.text("log_stream_id"),
    [names.ATTR_GEN_AI_CONVERSATION_ID]: trace.text("session_id"),
  };
}

function timesOf(span: Fields, startTime: HrTime): { readonly startTime: HrTime; readonly endTime: HrTime } {
  return { startTime, endTime: shifted(startTime, (span.number("duration_ms") ?? 0) * 1e6) };
}

function failureOf(metrics: Fields): { readonly failed: boolean; readonly statusMessage: string | undefined } {
  return { failed: metrics.has("error"), statusMessage: metrics.text("error_message") };
}

function spanAttributes(span: Fields): Attributes {
  const metrics = span.object("metrics");
  const type = span.text("type") ?? "workflow";
  const firstToken = metrics.number("time_to_first_token_ms");
  return {
    [names.ATTR_GEN_AI_OPERATION_NAME]: OPERATION_OF_TYPE.get(type) ?? "invoke_workflow",
    [names.ATTR_GENSPAN_RECORD_ID]: span.text("id"),
    [names.ATTR_GEN_AI_RESPONSE_MODEL]: span.text("model"),
    [names.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: span.number("tokens_input"),
    [names.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: span.number("tokens_output"),
    [names.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: metrics.number("tokens_input_cached"),
    [names.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: metrics.number("tokens_output_reasoning"),
    [names.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]: firstToken === undefined ? undefined : firstToken / 1e3,
    [names.ATTR_GENSPAN_COST_USD]: metrics.number("cost"),
    [names.ATTR_GENSPAN_COST_SOURCE]: metrics.text("cost_source"),
    [names.ATTR_GENSPAN_COST_PRICE_DATE]: metrics.text("cost_price_date"),
    [names.ATTR_ERROR_TYPE]: metrics.text("error"),
    [names.ATTR_GEN_AI_TOOL_NAME]: type === "tool" ? span.texts("tools_used")?.[0] : undefined,
    ...contentOf(span, type),
  };
}

function contentOf(span: Fields, type: string): Attributes {
  const { input, output } = span.value;
  if (type === "tool") {
    return {
      [names.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS]: contentText(input),
      [names.ATTR_GEN_AI_TOOL_CALL_RESULT]: contentText(output),
    };
  }
  if (type === "retriever") {
    return {
      [names.ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT]: typeof input === "string" ? input : contentText(input),
      [names.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS]: contentText(output),
    };
  }
  return stepContent(span);
}

/** Messages or text; any other JSON is what a step was given and gave. */
function stepContent(step: Fields): Attributes {
  const { input, output } = step.value;
  const [asked, said] = [messagesOf(input, "user"), messagesOf(output, "assistant")];
  return {
    [names.ATTR_GEN_AI_INPUT_MESSAGES]: jsonOrAbsent(asked),
    [names.ATTR_GEN_AI_OUTPUT_MESSAGES]: jsonOrAbsent(withServerTools(said ?? [], step.texts("tools_used"))),
    [names.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS]: asked === undefined ? contentText(input) : undefined,
    [names.ATTR_GEN_AI_TOOL_CALL_RESULT]: said === undefined ? contentText(output) : undefined,
  };
}

/** Metrics that the mapping writes of attributes; the others are scores. */
const OWN_METRICS: ReadonlySet<string> = new Set([
  "time_to_first_token_ms",
  "tokens_total",
  "tokens_input_cached",
  "tokens_output_reasoning",
  "cost",
  "cost_source",
  "cost_price_date",
  "error",
  "error_message",
  "duration_ms",
  "tokens_input",
  "tokens_output",
]);

function evaluationsOf(metrics: Fields, time: HrTime): readonly SpanEventLike[] {
  const isResult = (score: unknown) => typeof score === "number" || typeof score === "string";
  const results = Object.entries(metrics.value).filter(([name, score]) => !OWN_METRICS.has(name) && isResult(score));
  return evaluationEvents(results, time);
}
