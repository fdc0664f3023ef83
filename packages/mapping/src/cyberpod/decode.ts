import * as names from "@genspan/semconv";
import { Fields } from "../codec/fields.ts";
import { finishReason } from "../codec/from-completion.ts";
import { spanIdOf, traceIdOf } from "../codec/ids.ts";
import { spanOfDraft } from "../codec/span-draft.ts";
import { shifted, timeOf } from "../codec/times.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";

/** `otel:<trace id>:<span id>`: what option `source` writes where it is `otel`. */
const OTEL_SOURCE = /^otel:([0-9a-f]{32}):([0-9a-f]{16})$/;

/** The span of a Trace: one call of a model, without content, which the record does not have. */
export function decode(record: unknown): ReadableSpanLike {
  const trace = new Fields(record);
  const operation = trace.text("span_kind");
  const startTime = timeOf(trace.value["ts"]) ?? [0, 0];
  const provider = trace.text("provider");
  const model = trace.text("model");
  const name = provider !== undefined && model?.startsWith(`${provider}/`) ? model.slice(provider.length + 1) : model;
  const reason = trace.text("finish_reason");
  return spanOfDraft(
    {
      ...idsOf(trace, operation, record),
      name: [operation ?? "trace", name ?? ""].join(" ").trim(),
      startTime,
      endTime: shifted(startTime, Math.round((trace.number("latency_ms") ?? 0) * 1e6)),
      attributes: {
        [names.ATTR_GEN_AI_OPERATION_NAME]: operation,
        [names.ATTR_GEN_AI_PROVIDER_NAME]: provider,
        [names.ATTR_GEN_AI_RESPONSE_MODEL]: name,
        [names.ATTR_GEN_AI_AGENT_ID]: agentOf(trace, operation),
        [names.ATTR_USER_ID]: trace.text("user_id"),
        [names.ATTR_GENSPAN_API_KEY_ID]: trace.text("api_key_id"),
        [names.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: trace.number("input_tokens"),
        [names.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: trace.number("output_tokens"),
        [names.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: trace.number("cache_read_tokens"),
        [names.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]: trace.number("cache_write_tokens"),
        [names.ATTR_GENSPAN_COST_USD]: trace.number("cost_usd"),
        [names.ATTR_GEN_AI_RESPONSE_FINISH_REASONS]: reason === undefined ? undefined : [finishReason(reason)],
        [names.ATTR_GENSPAN_ROUTING_RULE]: trace.text("routing_rule"),
        [names.ATTR_GENSPAN_POLICY_DECISIONS]: jsonOf(trace, "policy_decisions"),
        [names.ATTR_GENSPAN_SECURITY_VIOLATIONS]: jsonOf(trace, "security_violations"),
        [names.ATTR_GENSPAN_REQUEST_HASH]: trace.text("request_hash"),
        [names.ATTR_GENSPAN_EPISODE_ID]: trace.text("episode_id"),
      },
    },
    "cyberpod",
  );
}

function idsOf(trace: Fields, operation: string | undefined, record: unknown) {
  const [, traceId, spanId] = OTEL_SOURCE.exec(trace.text("source") ?? "") ?? [];
  const run = trace.text("agent_run_id") ?? "";
  const parent = trace.text("parent_span_id");
  const isRun = operation === "invoke_agent" && /^[0-9a-f]{16}$/.test(run);
  return {
    traceId: traceId ?? traceIdOf(run),
    spanId: spanId ?? spanIdOf(isRun ? run : (trace.text("id") ?? JSON.stringify(record) ?? "")),
    parentSpanId: parent === undefined ? undefined : spanIdOf(parent),
  };
}

/** The run is the trace's id, or the span's own, or it is known by the agent only. */
function agentOf(trace: Fields, operation: string | undefined): string | undefined {
  const run = trace.text("agent_run_id");
  const [, traceId, spanId] = OTEL_SOURCE.exec(trace.text("source") ?? "") ?? [];
  const isTraceId = run === traceId || (traceId === undefined && /^[0-9a-f]{32}$/.test(run ?? ""));
  const isOwn = operation === "invoke_agent" && (run === spanId || /^[0-9a-f]{16}$/.test(run ?? ""));
  return isTraceId || isOwn ? undefined : run;
}

function jsonOf(trace: Fields, name: string): string | undefined {
  const value = trace.value[name];
  return value === undefined ? undefined : JSON.stringify(value);
}
