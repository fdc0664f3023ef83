import * as semconv from "@genspan/semconv";
import type { Dialect } from "../dialect.ts";
import { refineMessages } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { INPUT_TARGETS, inputOf, OUTPUT_TARGETS, outputOf } from "../reading/io.ts";
import { messagesOf } from "../reading/messages.ts";
import { timeAfterStart } from "../reading/time-after-start.ts";
import { count, parsed, parsedObject, text } from "../reading/values.ts";
import { currentProvider, providerAndApi } from "./ai-sdk-provider.ts";

/** `model_generation` and `model_inference` are both the call; where both are, the inner one carries the usage. */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["agent_run", "invoke_agent"],
  ["model_generation", "chat"],
  ["model_inference", "chat"],
  ["model_step", "agent_step"],
  ["tool_call", "execute_tool"],
  ["provider_tool_call", "execute_tool"],
  ["mcp_tool_call", "execute_tool"],
  ["rag_embedding", "embeddings"],
  ["workflow_run", "invoke_workflow"],
]);

/**
 * The call and what is around it: a generation has its messages whole, a step in short, and since core 1.71 the call
 * itself has what was said, without the calls of tools.
 */
const MODEL_TYPES: ReadonlySet<string> = new Set(["model_generation", "model_step", "model_inference"]);

/** What the exporter writes of an agent without instructions, and of an answer without text. */
const NOTHING_SAID: readonly (readonly [name: string, nothing: string])[] = [
  [semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, ""],
  [semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, '[{"role":"assistant","parts":[{"type":"text","content":""}]}]'],
];

const typeOf = ({ source }: Draft): string => String(source["mastra.span.type"]);

export const mastra: Dialect = {
  name: "mastra",
  source: "@mastra/otel-exporter 0.3.3 and 1.4.0, and its spans of @mastra/core 1.71.0",
  scopes: [],
  markers: ["mastra."],
  operation: (draft) => OPERATIONS.get(typeOf(draft)),
  // Types that are no operation are written as if they were; a generation is the loop around the calls then.
  misnamed(operation, draft) {
    const type = typeOf(draft).toLowerCase();
    if (operation !== type) return undefined;
    return type === "model_generation" ? "agent_step" : null;
  },
  rows: [
    {
      from: "gen_ai.usage.cache_creation.5m_input_tokens",
      to: semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_5M_INPUT_TOKENS,
      read: count,
    },
    {
      from: "gen_ai.usage.cache_creation.1h_input_tokens",
      to: semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_1H_INPUT_TOKENS,
      read: count,
    },
    {
      from: "gen_ai.system",
      to: [semconv.ATTR_GEN_AI_PROVIDER_NAME, semconv.ATTR_OPENAI_API_TYPE],
      read: providerAndApi,
    },
    {
      from: "mastra.completion_start_time",
      to: semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
      read: (value, draft) => timeAfterStart(value, draft) ?? null,
    },
    // The response as it came: its headers may hold secrets, and its content stands among the messages.
    { from: "mastra.metadata.headers", when: isStep },
    { from: "mastra.metadata.body", when: isStep },
    // On a call of an MCP tool it is the server's name, which is no host.
    { from: "server.address", to: "mastra.mcp.server", when: (draft) => typeOf(draft) === "mcp_tool_call" },
  ],
  prefixes: [
    {
      prefix: "mastra.metadata.",
      keys: { threadId: semconv.ATTR_GEN_AI_CONVERSATION_ID, userId: semconv.ATTR_USER_ID },
    },
  ],
  gather(draft) {
    if (typeOf(draft) === "mcp_tool_call") draft.setAbsent(semconv.ATTR_MCP_METHOD_NAME, "tools/call");
    for (const [kind, read, targets] of [
      ["input", given, INPUT_TARGETS],
      ["output", made, OUTPUT_TARGETS],
    ] as const) {
      const name = `mastra.${typeOf(draft)}.${kind}`;
      const value = draft.source[name];
      if (value === undefined) continue;
      const found = read(value, draft);
      if (found === undefined) continue;
      setFound(draft, targets, found);
      draft.use(name);
    }
  },
  refine(draft) {
    // The exporter knows the conventions' names and passes on those of the AI SDK, such as `anthropic.messages`.
    const stated = draft.get(semconv.ATTR_GEN_AI_PROVIDER_NAME);
    const meant = currentProvider(stated);
    if (meant !== stated) draft.replace(semconv.ATTR_GEN_AI_PROVIDER_NAME, meant);
    refineToolNames(draft);
    for (const [name, nothing] of NOTHING_SAID) if (draft.get(name) === nothing) draft.remove(name);
    refineMessages(draft);
  },
};

function isStep(draft: Draft): boolean {
  return typeOf(draft) === "model_step";
}

function given(value: unknown, draft: Draft): Readonly<Record<string, unknown>> | undefined {
  if (!MODEL_TYPES.has(typeOf(draft))) return inputOf(value, draft);
  const messages = messagesOf(value, "user");
  return messages && { [semconv.ATTR_GEN_AI_INPUT_MESSAGES]: messages };
}

function made(value: unknown, draft: Draft): Readonly<Record<string, unknown>> | undefined {
  const result = parsedObject(value);
  const isResult = MODEL_TYPES.has(typeOf(draft)) || typeOf(draft) === "agent_run";
  if (!isResult || typeof result?.["text"] !== "string") return outputOf(value, draft);
  const content = turnOf(result);
  const said = content.length > 0 ? messagesOf({ role: "assistant", content }, "assistant") : undefined;
  return { [semconv.ATTR_GEN_AI_OUTPUT_MESSAGES]: said };
}

/** A result of the AI SDK's form: what the model thought, said and called. */
function turnOf({ reasoning, text: said, toolCalls }: Readonly<Record<string, unknown>>): readonly unknown[] {
  const thought: readonly unknown[] = Array.isArray(reasoning) ? reasoning : [];
  const calls: readonly unknown[] = Array.isArray(toolCalls) ? toolCalls : [];
  const texts = text(said) === undefined ? [] : [{ type: "text", text: said }];
  return [...thought, ...texts, ...calls.map((one) => ({ ...Object(one), type: "tool-call" }))];
}

/** An agent's span names its tools and says no more of them. */
function refineToolNames(draft: Draft): void {
  const names = parsed(draft.get(semconv.ATTR_GEN_AI_TOOL_DEFINITIONS));
  if (!Array.isArray(names) || names.length === 0 || !names.every((name) => typeof name === "string")) return;
  draft.replace(
    semconv.ATTR_GEN_AI_TOOL_DEFINITIONS,
    JSON.stringify(names.map((name) => ({ type: "function", name }))),
  );
}
