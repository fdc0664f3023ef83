import * as semconv from "@genspan/semconv";
import type { Dialect } from "./dialect.ts";
import type { Draft } from "./draft.ts";
import { setFound } from "./found.ts";
import { INPUT_TARGETS, inputOf, OUTPUT_TARGETS, outputOf } from "./io.ts";
import { PARAMETER_NAMES, parameters } from "./parameters.ts";
import { timeAfterStart } from "./time-after-start.ts";
import { toolDefinitions } from "./tools.ts";
import { cost, count, field, parsed, parsedObject, text } from "./values.ts";

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["generation", "chat"],
  ["embedding", "embeddings"],
  ["agent", "invoke_agent"],
  ["tool", "execute_tool"],
  ["chain", "invoke_workflow"],
  ["retriever", "retrieval"],
]);

const USAGE_NAMES: readonly string[] = [
  semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
];

export const langfuse: Dialect = {
  name: "langfuse",
  source: "langfuse-js 5.10.1 and 5.11.1; precedence and arithmetic of usage from the Langfuse server's ingestion",
  scopes: ["langfuse-sdk"],
  markers: ["langfuse."],
  // The wrapper around OpenAI's client calls embeddings a generation as well; the span's name knows better.
  operation: ({ source, name }) =>
    name === "OpenAI.embeddings" ? "embeddings" : OPERATIONS.get(String(source["langfuse.observation.type"])),
  rows: [
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
    { from: "langfuse.observation.metadata.tools", to: semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, read: toolDefinitions },
  ],
  gather(draft) {
    const input = parsed(draft.source["langfuse.observation.input"]);
    setFound(draft, semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, toolDefinitions(field(input, "tools")));
    // The wrapper around OpenAI's client names its spans after it; the attributes do not say who answered.
    if (draft.name.startsWith("OpenAI.") && draft.source["langfuse.observation.type"] === "generation") {
      draft.setAbsent(semconv.ATTR_GEN_AI_PROVIDER_NAME, "openai");
    }
  },
  refine(draft) {
    if (draft.has(semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK)) {
      draft.setAbsent(semconv.ATTR_GEN_AI_REQUEST_STREAM, true);
    }
  },
};

/**
 * Langfuse takes the details out of `input` and `output`, so that its kinds add up; the conventions count them in. Where
 * a detail was larger than what it was taken from, `output` is 0 and the total still tells.
 */
function usage(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const details = parsedObject(value);
  if (details === undefined) return undefined;
  const of = (name: string) => count(details[name]);
  const total = of("total");
  let input = of("input");
  let output = of("output");
  if (total === undefined || total !== (input ?? 0) + (output ?? 0)) {
    input = withDetails(details, input, /^(input_|cache_\w+_input_tokens$)/);
    output = withDetails(details, output, /^output_/);
    if (total !== undefined && input !== undefined && total >= input && output !== undefined) output = total - input;
  }
  return {
    [semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: input,
    [semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: output,
    [semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: of("input_cached_tokens") ?? of("cache_read_input_tokens"),
    [semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]: of("cache_creation_input_tokens"),
    [semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: of("output_reasoning_tokens"),
    [semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS]: of("input_audio_tokens"),
    [semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS]: of("output_audio_tokens"),
  };
}

function totalCost(value: unknown): number | undefined {
  return cost(field(parsedObject(value), "total"));
}

function withDetails(
  details: Readonly<Record<string, unknown>>,
  base: number | undefined,
  names: RegExp,
): number | undefined {
  if (base === undefined) return undefined;
  return Object.keys(details).reduce((sum, name) => (names.test(name) ? sum + (count(details[name]) ?? 0) : sum), base);
}

function firstChunk(value: unknown, draft: Draft): number | null {
  return timeAfterStart(parsed(value) ?? value, draft) ?? null;
}
