import * as names from "@genspan/semconv";
import type { HrTime } from "@opentelemetry/api";
import { parsed } from "../codec/content.ts";
import { Fields } from "../codec/fields.ts";
import { spanIdOf, traceIdOf } from "../codec/ids.ts";
import { evaluationEvents, metadataAttributes } from "../codec/metadata.ts";
import { spanOfDraft } from "../codec/span-draft.ts";
import { shifted, timeOf } from "../codec/times.ts";
import { usageAttributes } from "../codec/usage.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { contentAttributes, isSearch } from "./decode-content.ts";
import { READ_ATTRIBUTES } from "./read-attributes.ts";

type Attributes = Readonly<Record<string, unknown>>;

const OPERATION_OF_LOG_TYPE: ReadonlyMap<string, string> = new Map([
  ["chat", "chat"],
  ["response", "chat"],
  ["text", "chat"],
  ["generation", "chat"],
  ["completion", "text_completion"],
  ["embedding", "embeddings"],
  ["tool", "execute_tool"],
  ["function", "execute_tool"],
  ["agent", "invoke_agent"],
  ["workflow", "invoke_workflow"],
  ["transcription", "transcribe_audio"],
  ["speech", "generate_speech"],
]);

/** The span of a log. */
export function decode(record: unknown): ReadableSpanLike {
  const log = new Fields(record);
  const type = log.text("log_type") ?? "chat";
  const operation = operationOf(log, type);
  const [startTime, endTime] = timesOf(log);
  const isFailed = hasFailed(log);
  const evaluations = Object.entries(log.object("metadata").value).filter(([key]) => key.startsWith("evaluation."));
  const { attributes, resource } = metadataAttributes(log.object("metadata").value, isEvaluation);
  return spanOfDraft(
    {
      ...idsOf(log, record),
      name: log.text("span_name") ?? [operation, log.text("model") ?? ""].join(" ").trim(),
      startTime,
      endTime,
      failed: isFailed,
      statusMessage: log.text("error_message"),
      attributes: {
        ...notRead(attributes),
        [names.ATTR_GEN_AI_OPERATION_NAME]: operation,
        ...identityAttributes(log, type),
        ...modelAttributes(log),
        ...measureAttributes(log),
        ...contentAttributes(log, type),
        ...(type === "response" && { [names.ATTR_OPENAI_API_TYPE]: "responses" }),
      },
      events: evaluationEvents(
        evaluations.map(([key, score]) => [key.slice("evaluation.".length), score]),
        endTime,
      ),
      resource,
    },
    "keywords-ai",
  );
}

/** The body of the response: kept beside the rest, or as the output, where a log is of the Responses API. */
function bodyOf(log: Fields): Fields {
  if (log.has("full_response")) return log.object("full_response");
  const output = log.text("log_type") === "response" ? parsed(log.jsonText("output") ?? "") : undefined;
  return new Fields(output);
}

/** Some writers leave the status to the server, or have a word of their own for it. */
function hasFailed(log: Fields): boolean {
  const [status, code] = [log.text("status"), log.number("status_code")];
  if (status === undefined && code === undefined) return log.text("error_message") !== undefined;
  return /^(?:err|fail)/i.test(status ?? "") || (code ?? 200) >= 400;
}

function isEvaluation(key: string): boolean {
  return key.startsWith("evaluation.");
}

/** Metadata under the name of an attribute that has a field of its own is the user's. */
function notRead(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) =>
      READ_ATTRIBUTES.has(name) ? [`${names.ATTR_GENSPAN_METADATA_PREFIX}${name}`, value] : [name, value],
    ),
  );
}

/** A task is a search or a plan. Types that the conventions lack keep their name. */
function operationOf(log: Fields, type: string): string {
  if (type !== "task") return OPERATION_OF_LOG_TYPE.get(type) ?? type;
  return isSearch(log.jsonText("input"), log.jsonText("output")) ? "retrieval" : "plan";
}

/** What the vendor knows a stored log by. */
function ownId(log: Fields): string | undefined {
  return log.text("unique_id") ?? log.text("id");
}

function idsOf(log: Fields, record: unknown) {
  const trace =
    log.text("trace_unique_id") ?? ownId(log) ?? log.text("custom_identifier") ?? JSON.stringify(record) ?? "";
  const span = log.text("span_unique_id") ?? ownId(log) ?? trace;
  const parent = log.text("span_parent_id");
  return {
    traceId: traceIdOf(trace),
    spanId: spanIdOf(span),
    parentSpanId: parent === undefined ? undefined : spanIdOf(parent),
  };
}

/** Start and end are written in milliseconds, the duration between them in full. */
function timesOf(log: Fields): readonly [start: HrTime, end: HrTime] {
  const seconds = log.number("latency") ?? log.number("generation_time");
  const from = timeOf(log.value["start_time"]);
  const to = timeOf(log.value["timestamp"]);
  if (seconds === undefined) return [from ?? to ?? [0, 0], to ?? from ?? [0, 0]];
  const nanos = Math.round(seconds * 1e9);
  if (from === undefined || to === undefined) {
    const start = from ?? shifted(to ?? [0, 0], -nanos);
    return [start, shifted(start, nanos)];
  }
  const missing = Math.max(0, (to[0] - from[0]) * 1e9 + to[1] - from[1] - nanos);
  const start = shifted(from, Math.min(missing, 999_999));
  return [start, shifted(start, nanos)];
}

function identityAttributes(log: Fields, type: string): Attributes {
  const customer = log.object("customer_params");
  const workflow = log.text("span_workflow_name");
  const trace = log.text("trace_unique_id");
  const span = log.text("span_unique_id");
  return {
    [names.ATTR_GENSPAN_RECORD_TRACE_ID]: trace === undefined || traceIdOf(trace) === trace ? undefined : trace,
    [names.ATTR_GENSPAN_RECORD_ID]: span === undefined || spanIdOf(span) === span ? undefined : span,
    [names.ATTR_USER_ID]: log.text("customer_identifier") ?? customer.text("customer_identifier"),
    [names.ATTR_GENSPAN_CUSTOMER_NAME]: log.text("customer_name") ?? customer.text("name"),
    [names.ATTR_GENSPAN_CUSTOMER_EMAIL]: log.text("customer_email") ?? customer.text("email"),
    [names.ATTR_GEN_AI_CONVERSATION_ID]: log.text("thread_identifier"),
    [names.ATTR_SESSION_ID]: log.text("session_identifier"),
    [names.ATTR_GENSPAN_GROUP_ID]: log.text("group_identifier"),
    [names.ATTR_GENSPAN_CUSTOM_ID]: log.text("custom_identifier"),
    [names.ATTR_GENSPAN_POSITIVE_FEEDBACK]: log.boolean("positive_feedback"),
    [type === "workflow" ? names.ATTR_GEN_AI_WORKFLOW_NAME : names.ATTR_GEN_AI_AGENT_NAME]: workflow,
    "respan.trace.trace_group_identifier": log.text("trace_group_identifier"),
    "respan.evaluation_params.evaluation_identifier": log.text("evaluation_identifier"),
  };
}

function modelAttributes(log: Fields): Attributes {
  const format = log.object("response_format").text("type");
  const encoding = log.text("encoding_format");
  const stop = log.value["stop"];
  return {
    [names.ATTR_GEN_AI_RESPONSE_MODEL]: log.text("model"),
    [names.ATTR_GEN_AI_PROVIDER_NAME]: log.text("provider_id"),
    [names.ATTR_GEN_AI_REQUEST_TEMPERATURE]: log.number("temperature"),
    [names.ATTR_GEN_AI_REQUEST_TOP_P]: log.number("top_p"),
    [names.ATTR_GEN_AI_REQUEST_MAX_TOKENS]: log.number("max_tokens") ?? log.number("max_completion_tokens"),
    [names.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY]: log.number("frequency_penalty"),
    [names.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY]: log.number("presence_penalty"),
    [names.ATTR_GEN_AI_REQUEST_CHOICE_COUNT]: log.number("n"),
    [names.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES]: typeof stop === "string" ? [stop] : log.texts("stop"),
    [names.ATTR_GEN_AI_REQUEST_STREAM]: log.boolean("stream"),
    [names.ATTR_GEN_AI_OUTPUT_TYPE]: format?.startsWith("json") ? "json" : undefined,
    [names.ATTR_GEN_AI_REQUEST_REASONING_LEVEL]: log.text("reasoning_effort"),
    [names.ATTR_GEN_AI_REQUEST_ENCODING_FORMATS]: encoding === undefined ? undefined : [encoding],
    [names.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT]: log.number("dimensions"),
    [names.ATTR_GEN_AI_RESPONSE_ID]: log.text("response_id") ?? bodyOf(log).text("id"),
  };
}

function measureAttributes(log: Fields): Attributes {
  const usage = log.object("usage");
  const stated = usageAttributes(usage.isEmpty ? bodyOf(log).object("usage") : usage);
  const isOwn = (name: string, own: number | undefined) => ({ [name]: own ?? stated[name] });
  return {
    ...isOwn(names.ATTR_GEN_AI_USAGE_INPUT_TOKENS, log.number("prompt_tokens")),
    ...isOwn(names.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, log.number("completion_tokens")),
    ...isOwn(names.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, log.number("prompt_cache_hit_tokens")),
    ...isOwn(names.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, log.number("reasoning_tokens")),
    [names.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]:
      log.number("prompt_cache_creation_tokens") ??
      usage.number("cache_creation_prompt_tokens") ??
      stated[names.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS],
    [names.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]: log.number("time_to_first_token") ?? log.number("ttft"),
    [names.ATTR_GENSPAN_COST_USD]: log.number("cost"),
    [names.ATTR_HTTP_RESPONSE_STATUS_CODE]: log.number("status_code"),
  };
}
