import {
  ATTR_GEN_AI_AGENT_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GENSPAN_API_KEY_ID,
  ATTR_GENSPAN_EPISODE_ID,
  ATTR_GENSPAN_POLICY_DECISIONS,
  ATTR_GENSPAN_REQUEST_HASH,
  ATTR_GENSPAN_ROUTING_RULE,
  ATTR_GENSPAN_SECURITY_VIOLATIONS,
  ATTR_USER_ID,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
} from "@genspan/semconv";
import { flatText } from "../engine/flat-text.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { from, text, textOrOption, unavailable } from "../engine/readers.ts";
import type { FilledRow, Mapping, MappingInput } from "../engine/rows.ts";
import { hrTimeToIso, nanosBetween } from "../formats/time.ts";
import { finishReasonOf } from "./finish-reason.ts";
import type { CyberPodOptions } from "./options.ts";
import { requestHashOf } from "./request-hash.ts";
import type { TraceRecord } from "./schema.ts";

const STAMPED = unavailable("stamped by the server");

export const mapping: Mapping<TraceRecord, CyberPodOptions> = {
  id: STAMPED,
  tenant_id: STAMPED,
  app_id: STAMPED,
  created_at: STAMPED,
  updated_at: STAMPED,
  created_by: STAMPED,
  updated_by: STAMPED,
  source: from("option `source`; `otel` becomes `otel:<trace id>:<span id>`", ({ span, options }) =>
    options.source === "otel" ? flatText("otel:", span.traceId, ":", span.spanId) : options.source,
  ),
  source_type: from("option `sourceType`", ({ options }) => options.sourceType),
  is_deleted: STAMPED,
  deleted_at: STAMPED,
  deleted_by: STAMPED,
  schema_version: STAMPED,
  parent_span_id: from("parent span id; absent for a root", ({ span }) => span.parentSpanId),
  agent_run_id: from(
    "span id of the nearest `invoke_agent` span, the span itself included, else `gen_ai.agent.id`, else the trace id",
    agentRunIdOf,
  ),
  user_id: textOrOption(ATTR_USER_ID, "userId"),
  api_key_id: textOrOption(ATTR_GENSPAN_API_KEY_ID, "apiKeyId"),
  model: from("`gen_ai.provider.name`, a slash, and `gen_ai.response.model`, else `gen_ai.request.model`", ({ span }) =>
    qualifiedModelOf(span),
  ),
  provider: text(ATTR_GEN_AI_PROVIDER_NAME),
  span_kind: text(ATTR_GEN_AI_OPERATION_NAME),
  input_tokens: from("`gen_ai.usage.input_tokens`", ({ span }) => span.ownUsage.input),
  output_tokens: from("`gen_ai.usage.output_tokens`", ({ span }) => span.ownUsage.output),
  cache_read_tokens: from("`gen_ai.usage.cache_read.input_tokens`", ({ span }) => span.ownUsage.cacheRead),
  cache_write_tokens: from("`gen_ai.usage.cache_write.input_tokens`", ({ span }) => span.ownUsage.cacheWrite),
  latency_ms: from(
    "duration of the span in milliseconds",
    ({ span }) => nanosBetween(span.startTime, span.endTime) / 1e6,
  ),
  cache_hit: from("whether `gen_ai.usage.cache_read.input_tokens` is more than 0", ({ span }) =>
    span.ownUsage.cacheRead === undefined ? undefined : span.ownUsage.cacheRead > 0,
  ),
  cost_usd: from(
    "`genspan.cost.usd`, else the price list on model and usage; not of agents and workflows, which repeat their calls'",
    ({ span }) => span.ownCost,
  ),
  finish_reason: from(
    "first of `gen_ai.response.finish_reasons` as `stop`, `length`, `tool_calls` or `error` (which filtered answers " +
      "are); `error` for status ERROR",
    ({ span }) => finishReasonOf(span),
  ),
  routing_rule: textOrOption(ATTR_GENSPAN_ROUTING_RULE, "routingRule"),
  policy_decisions: jsonOrOption(ATTR_GENSPAN_POLICY_DECISIONS, "policyDecisions"),
  security_violations: jsonOrOption(ATTR_GENSPAN_SECURITY_VIOLATIONS, "securityViolations"),
  request_hash: from(
    "`genspan.request.hash`, else SHA-256 of the request as RFC 8785 canonical JSON: `genspan.raw.request`, else rebuilt from " +
      "`gen_ai.input.messages` and the request parameters",
    ({ span }) => span.text(ATTR_GENSPAN_REQUEST_HASH) ?? requestHashOf(span),
  ),
  episode_id: textOrOption(ATTR_GENSPAN_EPISODE_ID, "episodeId"),
  ts: from("start of the span", ({ span }) => hrTimeToIso(span.startTime)),
};

function agentRunIdOf({ span, trace }: Pick<MappingInput<unknown>, "span" | "trace">): string {
  const run = isAgentRun(span) ? span : trace.ancestorsOf(span).find(isAgentRun);
  return run?.spanId ?? span.text(ATTR_GEN_AI_AGENT_ID) ?? span.traceId;
}

function isAgentRun({ operation }: GenAISpan): boolean {
  return operation === GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT;
}

/** Absent where the provider is not known and the model's own name does not say it. */
function qualifiedModelOf(span: GenAISpan): string | undefined {
  const provider = span.text(ATTR_GEN_AI_PROVIDER_NAME);
  const { model } = span;
  if (model === undefined) return undefined;
  if (provider === undefined) return /^[^/]+\/./.test(model) ? model : undefined;
  return model.startsWith(`${provider}/`) ? model : flatText(provider, "/", model);
}

function jsonOrOption(
  name: string,
  option: "policyDecisions" | "securityViolations",
): FilledRow<unknown, CyberPodOptions> {
  return from(`\`${name}\`, else option \`${option}\``, ({ span, options }) => span.json(name) ?? options[option]);
}
