import * as semconv from "@genspan/semconv";
import { nonEmpty } from "../../absent.ts";
import { isObject } from "../../message-guards.ts";
import type { Dialect } from "../dialect.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { INPUT_TARGETS, inputOf, OUTPUT_TARGETS, outputOf } from "../reading/io.ts";
import { PARAMETER_NAMES, parameters } from "../reading/parameters.ts";
import { partsOf, partsOrText } from "../reading/parts.ts";
import { reasonsIn } from "../reading/response-body.ts";
import { timeAfterStart } from "../reading/time-after-start.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { provider } from "../reading/value-maps.ts";
import { field, parsed, parsedObject, parsedOrText, text } from "../reading/values.ts";
import { totalCost, USAGE_NAMES, usage } from "./langfuse-usage.ts";

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["generation", "chat"],
  ["embedding", "embeddings"],
  ["agent", "invoke_agent"],
  ["tool", "execute_tool"],
  ["chain", "invoke_workflow"],
  ["retriever", "retrieval"],
]);

/** What the span's name names, by the type of the observation. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ["agent", semconv.ATTR_GEN_AI_AGENT_NAME],
  ["tool", semconv.ATTR_GEN_AI_TOOL_NAME],
  ["chain", semconv.ATTR_GEN_AI_WORKFLOW_NAME],
]);

const LANGCHAIN_MODEL = "langfuse.observation.metadata.ls_model_name";

export const langfuse: Dialect = {
  name: "langfuse",
  source: "langfuse-js 5.10.1 and 5.11.1; precedence and arithmetic of usage from the Langfuse server's ingestion",
  scopes: ["langfuse-sdk"],
  markers: ["langfuse."],
  // The wrapper around OpenAI's client calls embeddings a generation as well; the span's name knows better.
  operation: ({ source, name }) =>
    name === "OpenAI.embeddings" ? "embeddings" : OPERATIONS.get(String(source["langfuse.observation.type"])),
  rows: [
    // LangChain's handler says which model was asked for, and under the model's name which one answered.
    { from: LANGCHAIN_MODEL, to: semconv.ATTR_GEN_AI_REQUEST_MODEL, read: text, keep: true },
    {
      from: "langfuse.observation.model.name",
      to: semconv.ATTR_GEN_AI_RESPONSE_MODEL,
      read: text,
      when: ({ source }) => source[LANGCHAIN_MODEL] !== undefined,
    },
    { from: "langfuse.observation.model.name", to: semconv.ATTR_GEN_AI_REQUEST_MODEL, read: text },
    { from: "langfuse.observation.model.parameters", to: PARAMETER_NAMES, read: parameters },
    { from: "langfuse.observation.usage_details", to: USAGE_NAMES, read: usage },
    {
      from: "langfuse.observation.completion_start_time",
      to: semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
      read: firstChunk,
    },
    { from: "langfuse.observation.cost_details", to: semconv.ATTR_GENSPAN_COST_USD, read: totalCost, keep: true },
    {
      from: "langfuse.observation.level",
      to: semconv.ATTR_ERROR_TYPE,
      read: (value) => (value === "ERROR" ? "_OTHER" : undefined),
      keep: true,
    },
    { from: "langfuse.environment", to: "deployment.environment.name", read: text },
    { from: "langfuse.release", to: "service.version", read: text },
    { from: "langfuse.observation.prompt.name", to: semconv.ATTR_GEN_AI_PROMPT_NAME, read: text },
    { from: "langfuse.observation.prompt.version", to: semconv.ATTR_GEN_AI_PROMPT_VERSION, read: text },
    { from: "session.id", to: semconv.ATTR_GEN_AI_CONVERSATION_ID, read: text, keep: true },
    { from: "langfuse.session.id", to: semconv.ATTR_GEN_AI_CONVERSATION_ID, read: text },
    { from: "langfuse.user.id", to: semconv.ATTR_USER_ID, read: text },
    { from: "langfuse.observation.input", to: INPUT_TARGETS, read: inputOf },
    { from: "langfuse.observation.output", to: OUTPUT_TARGETS, read: outputOf },
    {
      from: "langfuse.observation.metadata.ls_provider",
      to: semconv.ATTR_GEN_AI_PROVIDER_NAME,
      read: provider,
      keep: true,
    },
    { from: "langfuse.observation.metadata.tools", to: semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, read: toolDefinitions },
  ],
  gather(draft) {
    const input = parsed(draft.source["langfuse.observation.input"]);
    const tools = field(input, "tools") ?? field(input, "functions");
    setFound(draft, semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, toolDefinitions(tools));
    // The wrapper around OpenAI's client names its spans after it; the attributes do not say who answered.
    if (draft.name.startsWith("OpenAI.") && draft.source["langfuse.observation.type"] === "generation") {
      draft.setAbsent(semconv.ATTR_GEN_AI_PROVIDER_NAME, "openai");
      const format = parameters({ response_format: parsed(wrapped(draft, "response_format")) });
      setFound(draft, PARAMETER_NAMES, format, "setAbsent");
    }
    if (draft.name === "OpenAI.responses") readResponse(draft);
  },
  refine(draft) {
    const named = NAMED.get(String(draft.source["langfuse.observation.type"]));
    if (named !== undefined && draft.name !== "") draft.setAbsent(named, draft.name);
    if (draft.has(semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK)) {
      draft.setAbsent(semconv.ATTR_GEN_AI_REQUEST_STREAM, true);
    }
  },
};

function wrapped({ source }: Draft, key: string): unknown {
  return source[`langfuse.observation.metadata.${key}`];
}

/** What the wrapper keeps of a response of the Responses API as metadata, which stays: parts of the request are in it. */
function readResponse(draft: Draft): void {
  const system = partsOf(partsOrText(wrapped(draft, "instructions")));
  setFound(draft, semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, nonEmpty(system), "setAbsent");
  const previous = text(wrapped(draft, "previous_response_id"));
  draft.setAbsent(semconv.ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID, previous);
  const output = parsed(draft.source["langfuse.observation.output"]);
  const isText = !Array.isArray(output) && !isObject(output);
  // Of an answer with a text it keeps the text alone: whether there were calls beside it, nobody can tell.
  if (isText && toolDefinitions(wrapped(draft, "tools")) !== undefined) return;
  const body = {
    object: "response",
    status: wrapped(draft, "status"),
    output: isText ? [] : [output].flat(),
    incomplete_details: parsedObject(wrapped(draft, "incomplete_details")),
  };
  draft.setAbsent(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasonsIn(body));
}

function firstChunk(value: unknown, draft: Draft): number | null {
  return timeAfterStart(parsedOrText(value), draft) ?? null;
}
