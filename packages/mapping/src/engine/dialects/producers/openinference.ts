import * as semconv from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import type { Dialect, Unflattened } from "../dialect.ts";
import { operationOf } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { documentsOf, INPUT_TARGETS, inputOf, OUTPUT_TARGETS, outputOf } from "../reading/io.ts";
import { messagesOf } from "../reading/messages.ts";
import { PARAMETER_NAMES, parameters } from "../reading/parameters.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { finishReasons, provider } from "../reading/value-maps.ts";
import { cost, count, field, number, parsed, parsedObject, text } from "../reading/values.ts";
import { readBedrock } from "./openinference-bedrock.ts";
import { readLangChain } from "./openinference-langchain.ts";
import { readMessages } from "./openinference-messages.ts";
import { readRequest } from "./openinference-request.ts";
import { readResponse } from "./openinference-response.ts";

/**
 * What each kind of span does. A reranker is no operation of the conventions and has a word of its own; guardrails and
 * prompts are none.
 */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["LLM", "chat"],
  ["CHAIN", "invoke_workflow"],
  ["TOOL", "execute_tool"],
  ["RETRIEVER", "retrieval"],
  ["EMBEDDING", "embeddings"],
  ["AGENT", "invoke_agent"],
  ["RERANKER", "rerank"],
]);

const MEDIA_LEAVES: readonly string[] = [
  ...["url", "mime_type", "transcript"].map((leaf) => `audio.audio.${leaf}`),
  "video.video.url",
];
const MESSAGE_PATHS: readonly string[] = [
  "message.role",
  "message.content",
  "message.name",
  "message.tool_call_id",
  "message.function_call_name",
  "message.function_call_arguments_json",
  ...["type", "text", "image.image.url", ...MEDIA_LEAVES, "id", "signature", "data", "encrypted_content"].map(
    (leaf) => `message.contents.#.message_content.${leaf}`,
  ),
  ...["id", "function.name", "function.arguments", "reasoning_signature"].flatMap((leaf) => [
    `message.tool_calls.#.tool_call.${leaf}`,
    `message.contents.#.tool_call.${leaf}`,
  ]),
];

const isLlm = (draft: Draft): boolean => draft.source["openinference.span.kind"] === "LLM";
const isAgent = (draft: Draft): boolean => draft.source["openinference.span.kind"] === "AGENT";
const isTool = (draft: Draft): boolean => draft.source["openinference.span.kind"] === "TOOL";

/** Source: `@arizeai/openinference-semantic-conventions` 2.7.0 to 2.12.0, and spans of the instrumentation 4.2.7. */
export const openinference: Dialect = {
  name: "openinference",
  source: "@arizeai/openinference-semantic-conventions 2.7.0 to 2.12.0",
  scopes: ["@arizeai/openinference-*", "openinference.instrumentation.*"],
  markers: [
    "openinference.span.kind",
    "llm.model_name",
    "llm.token_count.",
    "llm.invocation_parameters",
    "embedding.model_name",
  ],
  operation(draft) {
    const kind = String(draft.source["openinference.span.kind"]);
    const isPrompt = kind === "LLM" && "llm.prompts.0.prompt.text" in draft.source;
    return isPrompt ? "text_completion" : OPERATIONS.get(kind);
  },
  rows: [
    { from: "llm.request.model_name", to: semconv.ATTR_GEN_AI_REQUEST_MODEL, read: text },
    { from: "llm.response.model_name", to: semconv.ATTR_GEN_AI_RESPONSE_MODEL, read: text },
    { from: "llm.invocation_parameters", to: PARAMETER_NAMES, read: parameters },
    { from: "llm.model_name", to: semconv.ATTR_GEN_AI_REQUEST_MODEL, read: text },
    { from: "embedding.model_name", to: semconv.ATTR_GEN_AI_REQUEST_MODEL, read: text },
    { from: "reranker.model_name", to: semconv.ATTR_GEN_AI_REQUEST_MODEL, read: text },
    { from: "llm.provider", to: semconv.ATTR_GEN_AI_PROVIDER_NAME, read: providerOf },
    { from: "llm.system", to: semconv.ATTR_GEN_AI_PROVIDER_NAME, read: provider },
    { from: "llm.finish_reason", to: semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, read: finishReasons },
    { from: "llm.token_count.prompt", to: semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, read: count },
    { from: "llm.token_count.completion", to: semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, read: count },
    { from: "llm.token_count.total" },
    {
      from: "llm.token_count.prompt_details.cache_read",
      to: semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
      read: count,
    },
    {
      from: "llm.token_count.prompt_details.cache_write",
      to: semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
      read: count,
    },
    { from: "llm.token_count.prompt_details.audio", to: semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS, read: count },
    {
      from: "llm.token_count.completion_details.audio",
      to: semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
      read: count,
    },
    {
      from: "llm.token_count.completion_details.reasoning",
      to: semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
      read: count,
    },
    { from: "tool.name", to: semconv.ATTR_GEN_AI_TOOL_NAME, read: text },
    { from: "tool.description", to: semconv.ATTR_GEN_AI_TOOL_DESCRIPTION, read: text },
    { from: "tool.id", to: semconv.ATTR_GEN_AI_TOOL_CALL_ID, read: text },
    { from: "tool_call.id", to: semconv.ATTR_GEN_AI_TOOL_CALL_ID, read: text },
    {
      from: "tool.parameters",
      to: semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
      read: parsedObject,
      when: (draft) => isTool(draft) && !hasSchema(draft),
    },
    { from: "llm.cost.total", to: semconv.ATTR_GENSPAN_COST_USD, read: cost, keep: true },
    { from: "embedding.invocation_parameters", to: PARAMETER_NAMES, read: parameters },
    { from: "agent.name", to: semconv.ATTR_GEN_AI_AGENT_NAME, read: text },
    // Of OpenAI's agents alone: in other graphs a node is no agent by that name.
    { from: "graph.node.id", to: semconv.ATTR_GEN_AI_AGENT_NAME, read: text, keep: true, when: isAgent },
    { from: "session.id", to: semconv.ATTR_GEN_AI_CONVERSATION_ID, read: text, keep: true },
    { from: "llm.prompt_template.version", to: semconv.ATTR_GEN_AI_PROMPT_VERSION, read: text },
    {
      from: "llm.prompt_template.variables",
      to: [`${semconv.ATTR_GEN_AI_PROMPT_VARIABLE}.<key>`],
      read: promptVariables,
    },
  ],
  flattened: [
    {
      prefix: "llm.input_messages.",
      paths: MESSAGE_PATHS,
      to: semconv.ATTR_GEN_AI_INPUT_MESSAGES,
      read: (items, draft) => readMessages(items, "user", draft),
    },
    {
      prefix: "llm.output_messages.",
      paths: MESSAGE_PATHS,
      to: semconv.ATTR_GEN_AI_OUTPUT_MESSAGES,
      read: (items, draft) => readMessages(items, "assistant", draft),
    },
    {
      prefix: "llm.prompts.",
      paths: ["prompt.text"],
      to: semconv.ATTR_GEN_AI_INPUT_MESSAGES,
      read: (items) =>
        messagesOf(
          items.map((item) => field(item["prompt"], "text")),
          "user",
        ),
    },
    {
      prefix: "llm.tools.",
      paths: ["tool.json_schema"],
      to: semconv.ATTR_GEN_AI_TOOL_DEFINITIONS,
      read: (items) => toolDefinitions(items.map((item) => parsed(field(item["tool"], "json_schema")))),
    },
    {
      prefix: "retrieval.documents.",
      paths: ["document.id", "document.score", "document.content", "document.metadata"],
      to: semconv.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
      read: (items) => documentsOf(items.map((item) => item["document"])),
    },
    // Vectors are never passed on; only how long they are, where they are lists of numbers.
    {
      prefix: "embedding.embeddings.",
      paths: ["embedding.vector"],
      to: semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
      read: dimensions,
    },
  ],
  gather(draft) {
    // The response as it came tells of its id and model; as content it repeats the messages.
    if (isLlm(draft)) {
      readLangChain(draft);
      readRequest(draft);
      readBedrock(draft);
      readResponse(draft);
    }
    if (isTool(draft)) readToolSchema(draft);
    readFunctionCall(draft);
    addCosts(draft);
    refineIo(draft, "input.value", "input.mime_type", inputOf, INPUT_TARGETS);
    refineIo(draft, "output.value", "output.mime_type", outputOf, OUTPUT_TARGETS);
  },
};

function providerOf(value: unknown, { source }: Draft): string | undefined {
  const given = text(value)?.toLowerCase();
  if (given === "google" && source["llm.system"] === "vertexai") return "gcp.vertex_ai";
  const { "llm.system": system } = source;
  if (given === "azure" && system !== undefined && system !== "openai") return "azure.ai.inference";
  return provider(value);
}

function dimensions(items: readonly Unflattened[]): number | null {
  const vector = field(items[0]?.["embedding"], "vector");
  return Array.isArray(vector) ? vector.length : null;
}

function hasSchema(draft: Draft): boolean {
  const value = parsedObject(draft.source["tool.parameters"]);
  return value?.["type"] === "object" && isObject(value["properties"]);
}

/** Of a tool's span they are its schema, or the values that it was called with. */
function readToolSchema(draft: Draft): void {
  for (const name of ["tool.json_schema", "tool.parameters"]) {
    const given = parsedObject(draft.source[name]);
    if (given === undefined || draft.isUsed(name)) continue;
    const isSchema = isObject(given["properties"]) || given["type"] === "object";
    const isDefinition = isSchema || isObject(given["function"]) || typeof given["name"] === "string";
    const { "tool.name": toolName, "tool.description": description } = draft.source;
    if (isDefinition) {
      const definition = isSchema ? { name: toolName, description, parameters: given } : given;
      setFound(draft, semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, toolDefinitions([definition]));
    } else {
      setFound(draft, semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, given);
    }
    draft.use(name);
  }
}

/** Two costs that nobody has added. */
function addCosts(draft: Draft): void {
  const { "llm.cost.total": total, "llm.cost.prompt": heard, "llm.cost.completion": said } = draft.source;
  if (total !== undefined || heard === undefined || said === undefined) return;
  const [input, output] = [number(heard), number(said)];
  if (input !== undefined && output !== undefined) draft.setAbsent(semconv.ATTR_GENSPAN_COST_USD, cost(input + output));
}

/** Calls of functions as they were before there were tools. */
function readFunctionCall(draft: Draft): void {
  const call = parsedObject(draft.source["llm.function_call"]);
  const messages = call && messagesOf({ role: "assistant", function_call: call }, "assistant");
  if (messages === undefined || draft.has(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES)) return;
  setFound(draft, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, messages);
  draft.use("llm.function_call");
}

function promptVariables(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const variables = parsedObject(value);
  if (variables === undefined) return undefined;
  const entries = Object.entries(variables).filter(([, one]) => typeof one === "string");
  return Object.fromEntries(entries.map(([key, one]) => [`${semconv.ATTR_GEN_AI_PROMPT_VARIABLE}.${key}`, one]));
}

/** The whole input or output; used up where its content is known by a better name. */
function refineIo(
  draft: Draft,
  name: string,
  mimeType: string,
  read: (value: unknown, draft: Draft) => Readonly<Record<string, unknown>> | undefined,
  targets: readonly string[],
): void {
  const value = draft.source[name];
  if (value === undefined || operationOf(draft) === undefined) return;
  if (!targets.some((target) => draft.has(target))) {
    const found = read(value, draft);
    if (found === undefined) return;
    setFound(draft, targets, found);
  }
  draft.use(name);
  draft.use(mimeType);
}
