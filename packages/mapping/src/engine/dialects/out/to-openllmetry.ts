import * as semconv from "@genspan/semconv";
import { json } from "../../json-text.ts";
import { scopeOf } from "../../readable-span.ts";
import { COUNTING, fromConventions } from "../../token-algebra.ts";
import { isCacheApart } from "../reading/cached-input.ts";
import { count, field, parsed } from "../reading/values.ts";
import { type PlainMessage, plainMessages } from "./chat-parts.ts";
import { asText, type Outgoing, type Renames } from "./outgoing.ts";

/**
 * OpenLLMetry in its flattened generation, which most backends know: Respan's OTLP endpoint documents these very names.
 * Source: `@traceloop/ai-semantic-conventions` before 0.23; Python `opentelemetry-semantic-conventions-ai` 0.5.2.
 */

const REQUEST_TYPES: ReadonlyMap<unknown, string> = new Map([
  ["chat", "chat"],
  ["generate_content", "chat"],
  ["text_completion", "completion"],
  ["embeddings", "embedding"],
  ["rerank", "rerank"],
]);

/** Kind of the span, and the attribute with its name. */
const KINDS: ReadonlyMap<unknown, readonly [kind: string, name: string]> = new Map([
  ["invoke_workflow", ["workflow", semconv.ATTR_GEN_AI_WORKFLOW_NAME]],
  ["invoke_agent", ["agent", semconv.ATTR_GEN_AI_AGENT_NAME]],
  ["execute_tool", ["tool", semconv.ATTR_GEN_AI_TOOL_NAME]],
]);

const NAMES: Renames = {
  [semconv.ATTR_GEN_AI_PROVIDER_NAME]: "gen_ai.system",
  [semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: "gen_ai.usage.completion_tokens",
  [semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: "gen_ai.usage.cache_read_input_tokens",
  [semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]: "gen_ai.usage.cache_creation_input_tokens",
  [semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: "gen_ai.usage.reasoning_tokens",
  [semconv.ATTR_GEN_AI_REQUEST_TOP_K]: "llm.top_k",
  [semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY]: "llm.frequency_penalty",
  [semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY]: "llm.presence_penalty",
  [semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES]: "llm.chat.stop_sequences",
  [semconv.ATTR_GEN_AI_REQUEST_STREAM]: "llm.is_streaming",
  [semconv.ATTR_GEN_AI_CONVERSATION_ID]: "traceloop.association.properties.session_id",
  [semconv.ATTR_GEN_AI_PROMPT_NAME]: "traceloop.prompt.key",
  [semconv.ATTR_GEN_AI_PROMPT_VERSION]: "traceloop.prompt.version",
};

export function speakOpenLLMetry(out: Outgoing): void {
  const operation = out.get(semconv.ATTR_GEN_AI_OPERATION_NAME);
  if (operation === undefined) return; // a span of something else
  out.rename(NAMES);
  sayInputTokens(out);
  out.say("llm.request.type", REQUEST_TYPES.get(operation));
  const kind = KINDS.get(operation);
  if (kind === undefined) sayCall(out);
  else sayEntity(out, ...kind);
}

/** Of Anthropic's it has the provider's own count, which leaves the cache out. */
function sayInputTokens(out: Outgoing): void {
  const input = count(out.get(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS));
  if (input === undefined) return;
  const cacheRead = count(out.get(semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS));
  const cacheWrite = count(out.get(semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS));
  const apart = isCacheApart(out.get(semconv.ATTR_GEN_AI_PROVIDER_NAME), scopeOf(out.span)?.name ?? "");
  const counts = {
    input,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  };
  const { input: prompt = input } = fromConventions(counts, apart ? COUNTING.anthropic : COUNTING.conventions);
  out.say("gen_ai.usage.prompt_tokens", prompt);
  out.use(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS);
  const output = count(out.get(semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS));
  if (output !== undefined || apart) out.say("llm.usage.total_tokens", prompt + (output ?? 0));
}

function sayCall(out: Outgoing): void {
  const system = out.instructions(semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS);
  const heard = [...system, ...(out.messages(semconv.ATTR_GEN_AI_INPUT_MESSAGES) ?? [])];
  if (heard.length > 0) {
    plainMessages(heard).forEach((message, index) => {
      sayMessage(out, `gen_ai.prompt.${index}`, message);
    });
    out.use(semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS);
  }
  const said = out.messages(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES);
  if (said !== undefined) {
    const reasons = out.get(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
    said.forEach((message, index) => {
      const [plain] = plainMessages([message]);
      if (plain !== undefined) sayMessage(out, `gen_ai.completion.${index}`, plain);
      const reason: unknown = Array.isArray(reasons) ? reasons[index] : field(message, "finish_reason");
      out.say(`gen_ai.completion.${index}.finish_reason`, reason === "tool_call" ? "tool_calls" : reason);
    });
    out.use(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES);
    if (said.length > 0) out.use(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
  }
  const tools = parsed(out.get(semconv.ATTR_GEN_AI_TOOL_DEFINITIONS));
  if (!Array.isArray(tools) || !tools.every((tool) => field(tool, "type") === "function")) return;
  tools.forEach((tool: unknown, index) => {
    for (const name of ["name", "description", "parameters"]) {
      const value = field(tool, name);
      out.say(`llm.request.functions.${index}.${name}`, value === undefined ? undefined : asText(value));
    }
  });
  out.use(semconv.ATTR_GEN_AI_TOOL_DEFINITIONS);
}

function sayMessage(out: Outgoing, path: string, { role, name, content, calls, toolCallId }: PlainMessage): void {
  out.say(`${path}.role`, role);
  out.say(`${path}.name`, name);
  out.say(`${path}.content`, content === undefined ? undefined : (asText(content) ?? json(content)));
  out.say(`${path}.tool_call_id`, toolCallId);
  calls.forEach((call, index) => {
    out.say(`${path}.tool_calls.${index}.id`, call.id);
    out.say(`${path}.tool_calls.${index}.name`, call.name);
    out.say(`${path}.tool_calls.${index}.arguments`, call.arguments);
  });
}

function sayEntity(out: Outgoing, kind: string, nameAttribute: string): void {
  out.say("traceloop.span.kind", kind);
  out.rename({ [nameAttribute]: "traceloop.entity.name" });
  const isTool = kind === "tool";
  out.rename({
    [isTool ? semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS : semconv.ATTR_GEN_AI_INPUT_MESSAGES]: "traceloop.entity.input",
    [isTool ? semconv.ATTR_GEN_AI_TOOL_CALL_RESULT : semconv.ATTR_GEN_AI_OUTPUT_MESSAGES]: "traceloop.entity.output",
  });
}
