import * as semconv from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import type { Dialect } from "../dialect.ts";
import type { Draft } from "../reading/draft.ts";
import { documentsOf, INPUT_TARGETS, inputOf, OUTPUT_TARGETS, outputOf } from "../reading/io.ts";
import { messagesOf } from "../reading/messages.ts";
import { PARAMETER_NAMES, parameters } from "../reading/parameters.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { provider } from "../reading/value-maps.ts";
import { count, field, parsed, parsedObject, parsedOrText, text } from "../reading/values.ts";

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["llm", "chat"],
  ["agent", "invoke_agent"],
  ["workflow", "invoke_workflow"],
  ["tool", "execute_tool"],
  ["embedding", "embeddings"],
  ["retrieval", "retrieval"],
]);

/** Kinds of spans that are no operations. */
const NO_OPERATIONS: ReadonlySet<string> = new Set(["task", "step", "experiment"]);

const METRICS: readonly (readonly [name: string, to: string])[] = [
  ["input_tokens", semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS],
  ["output_tokens", semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS],
  ["cache_read_input_tokens", semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS],
  ["cache_write_input_tokens", semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS],
  ["reasoning_output_tokens", semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS],
  ["ephemeral_5m_input_tokens", semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_5M_INPUT_TOKENS],
  ["ephemeral_1h_input_tokens", semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_1H_INPUT_TOKENS],
];

const NAME_OF_KIND: Readonly<Record<string, string>> = {
  tool: semconv.ATTR_GEN_AI_TOOL_NAME,
  agent: semconv.ATTR_GEN_AI_AGENT_NAME,
  workflow: semconv.ATTR_GEN_AI_WORKFLOW_NAME,
};

const PROMPT_NAMES: readonly string[] = [
  semconv.ATTR_GEN_AI_PROMPT_NAME,
  semconv.ATTR_GEN_AI_PROMPT_VERSION,
  `${semconv.ATTR_GEN_AI_PROMPT_VARIABLE}.<key>`,
];

/** Integrations that say which model was asked for and which one answered. Their `gen_ai.request.model` is the latter. */
const BOTH_MODELS: readonly string[] = ["openai", "google_genai"];
const MODEL_NAMES: readonly string[] = [semconv.ATTR_GEN_AI_REQUEST_MODEL, semconv.ATTR_GEN_AI_PROVIDER_NAME];

/**
 * The tags that Datadog's tracer keeps of LLM Observability, and the spans that it sends as OTLP since version 6: they
 * have no content, and words of Datadog's under the names of the conventions.
 */
export const datadog: Dialect = {
  name: "datadog",
  source: "DataDog/dd-trace-js 0601d992, llmobs/constants/tags and llmobs/tagger, and OTLP of dd-trace 6.21.0",
  scopes: ["dd-trace", "dd-trace-js"],
  markers: ["_ml_obs.", "_dd.llmobs."],
  operation: ({ source }) => OPERATIONS.get(String(source["_ml_obs.meta.span.kind"])),
  misnamed(operation) {
    if (NO_OPERATIONS.has(operation)) return null;
    const meant = OPERATIONS.get(operation);
    return meant === operation ? undefined : meant;
  },
  rows: [
    { from: "openai.response.id", to: semconv.ATTR_GEN_AI_RESPONSE_ID, read: text },
    ...BOTH_MODELS.map((name) => ({
      from: `${name}.response.model`,
      to: semconv.ATTR_GEN_AI_RESPONSE_MODEL,
      read: text,
    })),
    // Numbers stand for true and false there.
    {
      from: "openai.request.stream",
      to: semconv.ATTR_GEN_AI_REQUEST_STREAM,
      read: (value) => (value === 1 ? true : null),
    },
    {
      from: "gen_ai.usage.cache_write_input_tokens",
      to: semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
      read: count,
    },
    {
      from: "gen_ai.usage.reasoning_output_tokens",
      to: semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
      read: count,
    },
    { from: "_ml_obs.meta.model_name", to: semconv.ATTR_GEN_AI_REQUEST_MODEL, read: text },
    {
      from: "_ml_obs.meta.model_provider",
      to: semconv.ATTR_GEN_AI_PROVIDER_NAME,
      read: (value) => (value === "unknown" ? null : provider(value)),
    },
    { from: "_ml_obs.name", to: Object.values(NAME_OF_KIND), read: ownName, keep: true },
    { from: "_ml_obs.meta.input.prompt", to: PROMPT_NAMES, read: prompt, keep: true },
    {
      from: "_ml_obs.tags",
      to: semconv.ATTR_USER_ID,
      read: (value) => text(field(parsed(value), "usr.id")),
      keep: true,
    },
    { from: "_ml_obs.meta.metadata", to: PARAMETER_NAMES, read: parameters, keep: true },
    { from: "_ml_obs.metrics", to: METRICS.map(([, to]) => to), read: metrics },
    { from: "_ml_obs.session_id", to: semconv.ATTR_GEN_AI_CONVERSATION_ID, read: text },
    {
      from: "_ml_obs.meta.input.messages",
      to: semconv.ATTR_GEN_AI_INPUT_MESSAGES,
      read: (value) => plainMessages(value, "user"),
    },
    {
      from: "_ml_obs.meta.output.messages",
      to: semconv.ATTR_GEN_AI_OUTPUT_MESSAGES,
      read: (value) => plainMessages(value, "assistant"),
    },
    { from: "_ml_obs.meta.output.documents", to: semconv.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, read: documentsOf },
    { from: "_ml_obs.meta.tool_definitions", to: semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, read: toolDefinitions },
    { from: "_ml_obs.meta.input.value", to: INPUT_TARGETS, read: inputOf },
    { from: "_ml_obs.meta.output.value", to: OUTPUT_TARGETS, read: outputOf },
  ],
  gather(draft) {
    for (const name of BOTH_MODELS) {
      const asked = text(draft.source[`${name}.request.model`]);
      if (asked === undefined) continue;
      draft.replace(semconv.ATTR_GEN_AI_REQUEST_MODEL, asked);
      draft.use(`${name}.request.model`);
    }
  },
  refine(draft) {
    const stated = draft.get(semconv.ATTR_GEN_AI_PROVIDER_NAME);
    const meant = provider(stated);
    if (meant !== undefined && meant !== stated) draft.replace(semconv.ATTR_GEN_AI_PROVIDER_NAME, meant);
    // What the tracer says of a model that it does not know.
    for (const name of MODEL_NAMES) if (draft.get(name) === "custom") draft.remove(name);
  },
};

function ownName(value: unknown, { source }: Draft): Readonly<Record<string, unknown>> | undefined {
  const name = NAME_OF_KIND[String(source["_ml_obs.meta.span.kind"])];
  return name === undefined ? undefined : { [name]: text(value) };
}

/** The template that a prompt was made of. Its name is its id; for one without the tracer makes one up. */
function prompt(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const given = parsedObject(value);
  if (given === undefined) return undefined;
  const variables = Object.entries(parsedObject(given["variables"]) ?? {}).filter(([, one]) => typeof one === "string");
  const name = text(given["name"]) ?? text(given["id"]);
  return {
    [semconv.ATTR_GEN_AI_PROMPT_NAME]: name?.endsWith("_unnamed-prompt") ? undefined : name,
    [semconv.ATTR_GEN_AI_PROMPT_VERSION]: text(given["version"]),
    ...Object.fromEntries(variables.map(([key, one]) => [`${semconv.ATTR_GEN_AI_PROMPT_VARIABLE}.${key}`, one])),
  };
}

function metrics(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const given = parsedObject(value);
  return given && Object.fromEntries(METRICS.map(([name, to]) => [to, count(given[name])]));
}

/** Messages in Datadog's words: an answer may come without a role, and results of tools stand beside the content. */
function plainMessages(value: unknown, speaker: "user" | "assistant"): unknown {
  const read = parsedOrText(value);
  if (!Array.isArray(read)) return messagesOf(read, speaker);
  return messagesOf(
    read.map((message: unknown) =>
      isObject(message) ? withResults({ ...message, role: text(message["role"]) ?? speaker }) : message,
    ),
    speaker,
  );
}

function withResults(message: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { tool_results: results, ...rest } = message;
  if (!Array.isArray(results) || results.length === 0) return message;
  const said =
    typeof rest["content"] === "string" && rest["content"] !== "" ? [{ type: "text", text: rest["content"] }] : [];
  const parts = results.map((result: unknown) => (isObject(result) ? { ...result, type: "tool_result" } : result));
  return { ...rest, content: [...said, ...parts] };
}
