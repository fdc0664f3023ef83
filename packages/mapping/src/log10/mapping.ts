import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_TYPE,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GENSPAN_ORGANIZATION_ID,
  ATTR_GENSPAN_TAGS,
  ATTR_SESSION_ID,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from "@genspan/semconv";
import { from, textOrOption } from "../engine/readers.ts";
import type { Mapping } from "../engine/rows.ts";
import { recordId } from "../formats/ids.ts";
import { errorMessageOf, exceptionText, hasFailed } from "../formats/outcome.ts";
import { nanosBetween } from "../formats/time.ts";
import { requestOf, responseOf } from "./bodies.ts";
import { traceTag } from "./completion.ts";
import type { Log10Options } from "./options.ts";
import type { Completion } from "./schema.ts";
import { stacktraceOf } from "./stacktrace.ts";

export const mapping: Mapping<Completion, Log10Options> = {
  id: from("UUID made of trace id and span id, the same at every retry", ({ span }) => recordId(span)),
  organization_id: textOrOption(ATTR_GENSPAN_ORGANIZATION_ID, "organizationId"),
  kind: from("`prompt` for operation `text_completion`, else `chat`", ({ span }) =>
    span.operation === GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION ? "prompt" : "chat",
  ),
  status: from(
    "`failed` for status ERROR or an `error.type`, else `finished`: a span arrives when the call is over",
    ({ span }) => (hasFailed(span) ? "failed" : "finished"),
  ),
  tags: from("option `tags`, then `genspan.tags`, then `otel.trace_id:<trace id>`", ({ span, options }) => {
    const given = [...options.tags, ...(span.texts(ATTR_GENSPAN_TAGS) ?? [])];
    return given.length === 0 ? [traceTag(span)] : [...new Set([...given, traceTag(span)])];
  }),
  request: from(
    "rebuilt as a Chat Completions request from `gen_ai.request.*`, `gen_ai.system_instructions`, " +
      "`gen_ai.input.messages` and `gen_ai.tool.definitions`; without captured content its messages are empty",
    ({ span }) => requestOf(span),
  ),
  response: from(
    "rebuilt as a Chat Completions response from `gen_ai.response.*`, `gen_ai.output.messages` and `gen_ai.usage.*`; " +
      "absent where the call failed before there was one",
    ({ span }) => responseOf(span),
  ),
  stacktrace: from(
    "`genspan.stacktrace` (capture it with `captureStacktrace`), else the exception event's, else `code.*`",
    ({ span }) => stacktraceOf(span),
  ),
  session_id: from(
    "`gen_ai.conversation.id`, else `session.id`, else option `sessionId`",
    ({ span, options }) => span.text(ATTR_GEN_AI_CONVERSATION_ID) ?? span.text(ATTR_SESSION_ID) ?? options.sessionId,
  ),
  duration: from("duration of the span, in the unit of option `durationUnit`", ({ span, options }) => {
    const nanos = nanosBetween(span.startTime, span.endTime);
    return options.durationUnit === "seconds" ? nanos / 1e9 : Math.round(nanos / 1e6);
  }),
  failure_kind: from("`error.type` of a failed span, else the exception event's type", ({ span }) =>
    hasFailed(span) ? (span.text(ATTR_ERROR_TYPE) ?? exceptionText(span, ATTR_EXCEPTION_TYPE)) : undefined,
  ),
  failure_reason: from("status message of a failed span, else the exception event's message", ({ span }) =>
    errorMessageOf(span),
  ),
};
