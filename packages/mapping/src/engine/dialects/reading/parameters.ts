import * as semconv from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import { toolDefinitions } from "./tools.ts";
import { OUTPUT_TYPES } from "./value-maps.ts";
import { field, integer, number, onlyTrue, parsedObject, sequences, text } from "./values.ts";

type Read = (value: unknown) => unknown;

/** Parameters of requests as the providers' APIs and their client libraries spell them; the first that is there wins. */
const PARAMETERS: readonly (readonly [names: readonly string[], to: string, read: Read])[] = [
  [["temperature"], semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, number],
  [["top_p", "topP"], semconv.ATTR_GEN_AI_REQUEST_TOP_P, number],
  [["top_k", "topK"], semconv.ATTR_GEN_AI_REQUEST_TOP_K, integer],
  [
    ["max_completion_tokens", "max_output_tokens", "max_tokens", "maxOutputTokens", "maxTokens"],
    semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS,
    integer,
  ],
  [["frequency_penalty", "frequencyPenalty"], semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, number],
  [["presence_penalty", "presencePenalty"], semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, number],
  [["stop_sequences", "stop", "stopSequences"], semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, sequences],
  [["seed", "random_seed"], semconv.ATTR_GEN_AI_REQUEST_SEED, integer],
  [["n"], semconv.ATTR_GEN_AI_REQUEST_CHOICE_COUNT, choiceCount],
  [["stream"], semconv.ATTR_GEN_AI_REQUEST_STREAM, onlyTrue],
  [["reasoning_effort", "reasoning"], semconv.ATTR_GEN_AI_REQUEST_REASONING_LEVEL, reasoningLevel],
  [["model"], semconv.ATTR_GEN_AI_REQUEST_MODEL, text],
  [["encoding_format", "encodingFormat"], semconv.ATTR_GEN_AI_REQUEST_ENCODING_FORMATS, sequences],
  // Before there were tools.
  [["functions"], semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, toolDefinitions],
  [["dimensions"], semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, integer],
  [["previous_response_id"], semconv.ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID, text],
  [["service_tier"], semconv.ATTR_OPENAI_REQUEST_SERVICE_TIER, serviceTier],
  [["response_format", "text"], semconv.ATTR_GEN_AI_OUTPUT_TYPE, outputType],
];

/** Names that {@link parameters} may answer. */
export const PARAMETER_NAMES: readonly string[] = PARAMETERS.map(([, to]) => to);

interface Spelling {
  readonly to: string;
  readonly read: Read;
  /** Of several spellings of one parameter the lowest wins. */
  readonly rank: number;
}

/** A body has few fields, the table many names. */
const SPELLINGS: ReadonlyMap<string, Spelling> = new Map(
  PARAMETERS.flatMap(([names, to, read]) => names.map((name, rank) => [name, { to, read, rank }] as const)),
);

/** The parameters of a request body, or of JSON text of one, under their names in the conventions. */
export function parameters(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const body = parsedObject(value);
  if (body === undefined) return undefined;
  const found: Record<string, unknown> = {};
  const ranks: Record<string, number> = {};
  for (const name of Object.keys(body)) {
    const spelling = SPELLINGS.get(name);
    if (spelling === undefined || (ranks[spelling.to] ?? Number.POSITIVE_INFINITY) < spelling.rank) continue;
    const one = spelling.read(body[name]);
    if (one === undefined || one === null) continue;
    found[spelling.to] = one;
    ranks[spelling.to] = spelling.rank;
  }
  return found;
}

/** One choice is what every call asks for: it is not said. */
function choiceCount(value: unknown): number | null | undefined {
  const read = integer(value);
  return read === 1 ? null : read;
}

function reasoningLevel(value: unknown): string | undefined {
  return text(isObject(value) ? value["effort"] : value);
}

/** The conventions leave out what every call asks for. */
function serviceTier(value: unknown): string | null | undefined {
  return value === "auto" ? null : text(value);
}

/** `response_format` of chat, `text.format` of the Responses API. */
function outputType(value: unknown): string | undefined {
  const type = field(value, "type") ?? field(field(value, "format"), "type");
  return type === "text" ? type : typeof type === "string" ? OUTPUT_TYPES.get(type) : undefined;
}
