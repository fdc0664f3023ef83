import * as names from "@genspan/semconv";
import type { HrTime } from "@opentelemetry/api";
import { parsed } from "../codec/content.ts";
import { Fields } from "../codec/fields.ts";
import { requestAttributes, responseAttributes } from "../codec/from-completion.ts";
import { spanIdOf, traceIdOf } from "../codec/ids.ts";
import { spanOfDraft } from "../codec/span-draft.ts";
import { shifted } from "../codec/times.ts";
import { nonEmpty } from "../engine/absent.ts";
import { isObject } from "../engine/message-guards.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { TRACE_TAG } from "./completion.ts";
import type { Log10Options } from "./options.ts";

/** The vendor's older API calls a prompt a completion. */
const PROMPT_KINDS: ReadonlySet<string | undefined> = new Set(["prompt", "completion"]);

/** That API has bodies and stack traces as JSON text. */
function withBodies(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const asText = ["request", "response", "stacktrace"].filter((name) => typeof record[name] === "string");
  if (asText.length === 0) return record;
  return { ...record, ...Object.fromEntries(asText.map((name) => [name, parsed(String(record[name]))])) };
}

/**
 * The span of a Completion. Of its times the record knows the duration and the second of the answer: without an answer
 * the span lies at the beginning of Unix time.
 */
export function decode(record: unknown, { durationUnit }: Pick<Log10Options, "durationUnit">): ReadableSpanLike {
  const completion = new Fields(isObject(record) ? withBodies(record) : record);
  const id = completion.text("id") ?? completion.object("response").text("id") ?? JSON.stringify(record) ?? "";
  const tags = completion.texts("tags") ?? [];
  const traceId = tags.find((tag) => tag.startsWith(TRACE_TAG))?.slice(TRACE_TAG.length);
  const isFailed = completion.text("status") === "failed";
  const operation = PROMPT_KINDS.has(completion.text("kind")) ? "text_completion" : "chat";
  const request = requestAttributes(completion.value["request"]);
  const [startTime, endTime] = timesOf(completion, durationUnit);
  const own = tags.filter((tag) => !tag.startsWith(TRACE_TAG));
  const stacktrace = completion.list("stacktrace");
  return spanOfDraft(
    {
      traceId: traceIdOf(traceId ?? id),
      spanId: spanIdOf(id),
      name: [operation, request[names.ATTR_GEN_AI_REQUEST_MODEL] ?? ""].join(" ").trim(),
      startTime,
      endTime,
      failed: isFailed,
      statusMessage: completion.text("failure_reason"),
      attributes: {
        [names.ATTR_GEN_AI_OPERATION_NAME]: operation,
        ...request,
        ...responseAttributes(completion.value["response"]),
        [names.ATTR_GEN_AI_CONVERSATION_ID]: completion.text("session_id"),
        [names.ATTR_USER_ID]: completion.object("request").text("user"),
        [names.ATTR_GENSPAN_RECORD_ID]: completion.text("id"),
        [names.ATTR_GENSPAN_ORGANIZATION_ID]: completion.text("organization_id"),
        [names.ATTR_GENSPAN_TAGS]: nonEmpty(own),
        [names.ATTR_GENSPAN_STACKTRACE]: stacktrace.length === 0 ? undefined : JSON.stringify(stacktrace),
        [names.ATTR_ERROR_TYPE]: isFailed ? (completion.text("failure_kind") ?? "_OTHER") : undefined,
      },
    },
    "log10",
  );
}

function timesOf(completion: Fields, unit: Log10Options["durationUnit"]): readonly [start: HrTime, end: HrTime] {
  const nanos = (completion.number("duration") ?? 0) * (unit === "seconds" ? 1e9 : 1e6);
  const created = completion.object("response").number("created");
  if (created === undefined || created < 0) return [[0, 0], shifted([0, 0], nanos)];
  const end: HrTime = [Math.trunc(created), 0];
  return [shifted(end, -nanos), end];
}
