import * as semconv from "@genspan/semconv";
import type { Dialect } from "../dialect.ts";
import { refineTools } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { INPUT_TARGETS, inputOf, OUTPUT_TARGETS, outputOf } from "../reading/io.ts";
import { PARAMETER_NAMES, parameters } from "../reading/parameters.ts";
import { reasonsIn } from "../reading/response-body.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { finishReasons, provider } from "../reading/value-maps.ts";
import { count, field, integer, number, onlyTrue, parsedObject, sequences } from "../reading/values.ts";

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["llm", "chat"],
  ["tool", "execute_tool"],
  ["retriever", "retrieval"],
  ["embedding", "embeddings"],
  ["chain", "invoke_workflow"],
]);

/** What the bridge writes to `gen_ai.operation.name` for a kind of run; other kinds under their own name. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ["llm", "chat"],
  ["tool", "execute_tool"],
  ["retriever", "embeddings"],
  ["embedding", "embeddings"],
  ["prompt", "chat"],
]);

/** Runs of LangSmith as its OpenTelemetry bridge exports them. */
export const langsmith: Dialect = {
  name: "langsmith",
  source: "langsmith 0.10.5 and 0.12.0: experimental/otel, wrappers and utils/usage",
  scopes: [],
  markers: ["langsmith."],
  operation: ({ source }) => OPERATIONS.get(String(source["langsmith.span.kind"])),
  // A template that is filled in is no chat, and a search in documents embeds nothing.
  misnamed(operation, { source }) {
    const kind = String(source["langsmith.span.kind"]);
    if (operation !== (WRITTEN.get(kind) ?? kind)) return undefined;
    const meant = OPERATIONS.get(kind) ?? null;
    return meant === operation ? undefined : meant;
  },
  rows: [
    // What the wrapper knows comes before what the bridge guesses by the model's name: `langchain` where it cannot.
    { from: "langsmith.metadata.ls_provider", to: semconv.ATTR_GEN_AI_PROVIDER_NAME, read: provider },
    {
      from: "gen_ai.system",
      to: semconv.ATTR_GEN_AI_PROVIDER_NAME,
      read: (value) => (value === "langchain" ? null : provider(value)),
    },
    { from: "gen_ai.prompt", to: INPUT_TARGETS, read: inputOf },
    { from: "gen_ai.completion", to: OUTPUT_TARGETS, read: outputOf },
    { from: "gen_ai.response.finish_reasons", to: semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, read: reasons },
    {
      from: "gen_ai.usage.input_token_details",
      to: [
        semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
        semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
        semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
        semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_5M_INPUT_TOKENS,
        semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_1H_INPUT_TOKENS,
      ],
      read: inputDetails,
    },
    {
      from: "gen_ai.usage.output_token_details",
      to: [semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS],
      read: outputDetails,
    },
    {
      from: "langsmith.usage_metadata",
      to: [semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS],
      read: usageMetadata,
    },
    { from: "langsmith.request.streaming", to: semconv.ATTR_GEN_AI_REQUEST_STREAM, read: onlyTrue },
    { from: "langsmith.request.headers" },
    { from: "langsmith.metadata.ls_temperature", to: semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, read: number },
    { from: "langsmith.metadata.ls_stop", to: semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, read: sequences },
    { from: "langsmith.metadata.ls_invocation_params", to: PARAMETER_NAMES, read: parameters, keep: true },
    { from: "langsmith.metadata.ls_max_tokens", to: semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, read: integer },
  ],
  gather: readBodies,
  refine: refineTools,
  prefixes: [
    {
      prefix: "langsmith.metadata.",
      keys: {
        session_id: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        thread_id: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        conversation_id: semconv.ATTR_GEN_AI_CONVERSATION_ID,
        ls_model_name: semconv.ATTR_GEN_AI_REQUEST_MODEL,
      },
    },
  ],
};

/** The inputs and outputs of a run: of a client library that was wrapped, the bodies of its request and response. */
function readBodies(draft: Draft): void {
  if (draft.source["langsmith.span.kind"] !== "llm") return;
  const request = parsedObject(draft.source["gen_ai.prompt"]);
  const response = parsedObject(draft.source["gen_ai.completion"]);
  if (request !== undefined) {
    setFound(draft, PARAMETER_NAMES, parameters(request) ?? {});
    if (Array.isArray(request["tools"])) {
      setFound(draft, semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, toolDefinitions(request["tools"]));
    }
  }
  if (response !== undefined) draft.set(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasonsIn(response));
}

/** One text with commas; a list is the conventions' own form. */
function reasons(value: unknown): unknown {
  return typeof value === "string" ? finishReasons(value) : undefined;
}

function inputDetails(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const details = parsedObject(value);
  if (details === undefined) return undefined;
  // Of Anthropic's caches it has the two lifetimes in the place of their sum.
  const [short, long] = [count(details["ephemeral_5m_input_tokens"]), count(details["ephemeral_1hr_input_tokens"])];
  const written = short === undefined && long === undefined ? undefined : (short ?? 0) + (long ?? 0);
  return {
    [semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: detail(details, "cache_read"),
    [semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]: detail(details, "cache_creation") ?? written,
    [semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS]: count(details["audio"]),
    [semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_5M_INPUT_TOKENS]: short,
    [semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_1H_INPUT_TOKENS]: long,
  };
}

function outputDetails(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const details = parsedObject(value);
  return (
    details && {
      [semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: detail(details, "reasoning"),
      [semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS]: count(details["audio"]),
    }
  );
}

/** OpenAI's service tiers stand before the name, where they have prices of their own: `flex_cache_read`. */
function detail(details: Readonly<Record<string, unknown>>, name: string): number | undefined {
  return count(details[name]) ?? count(details[`flex_${name}`]) ?? count(details[`priority_${name}`]);
}

function usageMetadata(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const usage = parsedObject(value);
  return (
    usage && {
      [semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: count(usage["input_tokens"]),
      [semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: count(usage["output_tokens"]),
      ...inputDetails(field(usage, "input_token_details")),
      ...outputDetails(field(usage, "output_token_details")),
    }
  );
}
