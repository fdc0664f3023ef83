import * as names from "@genspan/semconv";
import type { HrTime } from "@opentelemetry/api";
import { Fields } from "../codec/fields.ts";
import { jsonValue } from "../codec/from-chat.ts";
import { requestAttributes, responseAttributes } from "../codec/from-completion.ts";
import { spanIdOf, traceIdOf } from "../codec/ids.ts";
import { spanOfDraft } from "../codec/span-draft.ts";
import { shifted, timeOf } from "../codec/times.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { conventionalProvider } from "./provider.ts";

type Attributes = Readonly<Record<string, unknown>>;

/**
 * The span of a request log, of either dialect. The bodies are kept as they are (`genspan.raw.*`), and read where they
 * are of OpenAI's API. A log knows its thread, not its trace: logs of one thread become spans of one trace.
 */
export function decode(record: unknown): ReadableSpanLike {
  const log = new Fields(record);
  const call = log.object("attributes");
  const metadata = call.object("metadata");
  const id = call.text("id") ?? JSON.stringify(record) ?? "";
  const [startTime, endTime] = timesOf(log, metadata);
  const request = requestAttributes(call.value["request"]);
  const operation = operationOf(call);
  const ids = idsOf(id, call);
  const responseId = call.object("response").text("id");
  return spanOfDraft(
    {
      ...ids,
      name: [operation, request[names.ATTR_GEN_AI_REQUEST_MODEL] ?? call.text("model") ?? ""].join(" ").trim(),
      startTime,
      endTime,
      ...failureOf(call),
      attributes: {
        [names.ATTR_GEN_AI_OPERATION_NAME]: operation,
        ...request,
        ...embeddingsAttributes(call.object("request")),
        ...responseAttributes(call.value["response"]),
        // A rebuilt body of a span without a response id has the span's.
        [names.ATTR_GEN_AI_RESPONSE_ID]: responseId === ids.spanId ? undefined : responseId,
        ...identityAttributes(call),
        ...bodyAttributes(call),
        ...outcomeAttributes(metadata),
        [names.ATTR_ERROR_TYPE]: errorTypeOf(call),
      },
      resource: resourceAttributes(log.object("resource")),
    },
    "noveum",
  );
}

function timesOf(log: Fields, metadata: Fields): readonly [start: HrTime, end: HrTime] {
  const end = timeOf(log.value["timestamp"]) ?? [0, 0];
  return [shifted(end, -(metadata.number("latency") ?? 0) * 1e6), end];
}

/** `msg_<span id>` and `thread_<first 8 digits of the trace id>` are ids of ours; others stand for themselves. */
function idsOf(id: string, call: Fields): { readonly traceId: string; readonly spanId: string } {
  const thread = threadOf(call);
  const ours = /^thread_([0-9a-f]{8})$/.exec(thread ?? "")?.[1];
  const traceId = traceIdOf(thread ?? id);
  return {
    traceId: ours === undefined ? traceId : ours + traceId.slice(8),
    spanId: spanIdOf(id.startsWith("msg_") ? id.slice(4) : id),
  };
}

function threadOf(call: Fields): string | undefined {
  return call.text("threadId") ?? call.text("thread_id");
}

function operationOf(call: Fields): string {
  const request = call.object("request");
  const path = call.object("metadata").text("path") ?? "";
  if (path.endsWith("/embeddings") || (request.has("input") && request.has("dimensions"))) return "embeddings";
  const isEmbeddings = request.has("encoding_format") || call.object("response").text("object") === "list";
  if (isEmbeddings) return "embeddings";
  const isPrompt = request.has("prompt") || call.object("response").text("object") === "text_completion";
  return isPrompt || /(?<!chat)\/completions$/.test(path) ? "text_completion" : "chat";
}

function identityAttributes(call: Fields): Attributes {
  const metadata = call.object("metadata");
  const thread = threadOf(call);
  const isOurs = thread !== undefined && /^thread_[0-9a-f]{8}$/.test(thread);
  const id = call.text("id");
  const isSpanId = id !== undefined && /^msg_[0-9a-f]{16}$/.test(id);
  return {
    [names.ATTR_GEN_AI_CONVERSATION_ID]: isOurs ? undefined : thread,
    [names.ATTR_GENSPAN_RECORD_ID]: isSpanId ? undefined : id,
    [names.ATTR_GENSPAN_ORGANIZATION_ID]: call.text("org_id"),
    [names.ATTR_USER_ID]: call.text("user_id"),
    [names.ATTR_GENSPAN_PROJECT_ID]:
      call.text("project_id") ?? metadata.text("projectId") ?? metadata.text("project_id"),
    [names.ATTR_GENSPAN_PROJECT_NAME]: metadata.text("projectName") ?? metadata.text("project_name"),
    [names.ATTR_GENSPAN_EXPERIMENT_ID]: call.text("experiment_id"),
    [names.ATTR_GEN_AI_PROVIDER_NAME]: conventionalProvider(call.text("provider")),
    // Of a call without an answer it is the model that was asked for.
    [call.has("response") ? names.ATTR_GEN_AI_RESPONSE_MODEL : names.ATTR_GEN_AI_REQUEST_MODEL]: call.text("model"),
    [names.ATTR_GENSPAN_RESPONSE_REQUEST_ID]: metadata.text("provider_request_id"),
  };
}

/** Parameters that a request for embeddings alone has. */
function embeddingsAttributes(request: Fields): Attributes {
  const encoding = request.text("encoding_format");
  return {
    [names.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT]: request.number("dimensions"),
    [names.ATTR_GEN_AI_REQUEST_ENCODING_FORMATS]: encoding === undefined ? undefined : [encoding],
  };
}

/** Streamed: the chunks are in `streamed_data`, and the rest of the body is what they say together. */
function bodyAttributes(call: Fields): Attributes {
  const { request, response } = call.value;
  const body = call.object("response");
  const chunks = body.list("streamed_data");
  const hasDeltas = body.list("choices").some((choice) => new Fields(choice).has("delta"));
  const isStreamed = chunks.length > 0 || hasDeltas || call.object("request").boolean("stream") === true;
  return {
    [names.ATTR_GENSPAN_RAW_REQUEST]: isBody(request) ? JSON.stringify(request) : undefined,
    [names.ATTR_GENSPAN_RAW_RESPONSE]: isBody(response) && !isStreamed ? JSON.stringify(response) : undefined,
    [names.ATTR_GENSPAN_RAW_CHUNKS]: chunks.length > 0 ? JSON.stringify(chunks) : undefined,
    ...(isStreamed && { [names.ATTR_GEN_AI_REQUEST_STREAM]: true }),
  };
}

function isBody(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function failureOf(call: Fields): { readonly failed: boolean; readonly statusMessage: string | undefined } {
  const error = errorOf(call);
  const message = typeof error === "string" ? error : new Fields(error).text("message");
  return { failed: call.object("metadata").text("status") === "error", statusMessage: message };
}

/** The gateway writes an error that is an object as JSON text. */
function errorOf(call: Fields): unknown {
  const { error } = call.object("response").value;
  return typeof error === "string" && error.startsWith("{") ? jsonValue(error) : error;
}

/** `error` is what the gateway's mapping says where the span had no type. */
function errorTypeOf(call: Fields): string | undefined {
  const metadata = call.object("metadata");
  if (metadata.text("status") !== "error") return undefined;
  const stated = metadata.text("error_type") ?? new Fields(errorOf(call)).text("type");
  return stated === "error" ? undefined : stated;
}

function outcomeAttributes(metadata: Fields): Attributes {
  const tokens = metadata.object("tokens");
  const [latency, ttfb] = [metadata.number("latency"), metadata.number("ttfb")];
  const status = metadata.number("provider_status_code");
  return {
    // Else the body of the response has said it.
    ...(tokens.has("input") && { [names.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: tokens.number("input") }),
    ...(tokens.has("output") && { [names.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: tokens.number("output") }),
    [names.ATTR_GENSPAN_COST_USD]: metadata.number("cost"),
    [names.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]: ttfb === undefined || ttfb === latency ? undefined : ttfb / 1e3,
    [names.ATTR_HTTP_RESPONSE_STATUS_CODE]: status || undefined,
    [names.ATTR_GENSPAN_REQUEST_PATH]: metadata.text("path"),
    "http.request.body.size": metadata.number("request_size"),
    "http.response.body.size": metadata.number("response_size"),
  };
}

function resourceAttributes(resource: Fields): Attributes {
  return {
    "service.name": resource.text("service.name"),
    "service.version": resource.text("service.version"),
    "deployment.environment.name": resource.text("deployment.environment"),
  };
}
