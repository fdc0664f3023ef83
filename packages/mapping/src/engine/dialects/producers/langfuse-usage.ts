import * as semconv from "@genspan/semconv";
import { cost, count, field, parsedObject } from "../reading/values.ts";

/**
 * Counts and costs of Langfuse. Source: `@langfuse/openai` 5.11.1 (`input_cached_tokens`), langfuse-js
 * packages/langchain/src/CallbackHandler.ts (`input_cache_read`, after LangChain's names), and the server's ingestion.
 */

type Details = Readonly<Record<string, unknown>>;

/** Each detail by its names: those of the wrapper around OpenAI's client, of users' own, and of LangChain. */
const DETAILS: readonly (readonly [to: string, ...names: string[]])[] = [
  [
    semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    "input_cached_tokens",
    "cache_read_input_tokens",
    "input_cache_read",
  ],
  [
    semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
    "input_cache_write_tokens",
    "cache_creation_input_tokens",
    "input_cache_creation",
  ],
  [semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, "output_reasoning_tokens", "output_reasoning"],
  [semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS, "input_audio_tokens", "input_audio"],
  [semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS, "output_audio_tokens", "output_audio"],
];

/** Names that {@link usage} may answer. */
export const USAGE_NAMES: readonly string[] = [
  semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ...DETAILS.map(([to]) => to),
];

/**
 * Langfuse takes the details out of `input` and `output`, so that its kinds add up; the conventions count them in. Where
 * the details are more than what they were taken from, 0 is left and the total still tells.
 */
export function usage(value: unknown): Details | undefined {
  const details = parsedObject(value);
  if (details === undefined) return undefined;
  const found: Record<string, unknown> = {};
  for (const [to, ...names] of DETAILS) {
    const name = names.find((one) => count(details[one]) !== undefined);
    if (name !== undefined) found[to] = count(details[name]);
  }
  const [input, output] = wholes(details);
  return {
    [semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: input,
    [semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: output,
    ...found,
  };
}

function wholes(details: Details): readonly [input: number | undefined, output: number | undefined] {
  const total = count(details["total"]);
  const [input, output] = [count(details["input"]), count(details["output"])];
  if (total !== undefined && total === (input ?? 0) + (output ?? 0)) return [input, output];
  const said = withDetails(details, output, /^output_/);
  const heard = wholeInput(details, input, output === 0 ? undefined : said);
  if (total === undefined || heard === undefined || said === undefined || total < heard) return [heard, said];
  return [heard, total - heard];
}

/** What remains of the total where nothing was left of the input: a token in two details, as cached text is, was taken twice. */
function wholeInput(details: Details, input: number | undefined, said: number | undefined): number | undefined {
  const sum = withDetails(details, input, /^(input_|cache_\w+_input_tokens$)/);
  if (input !== 0 || sum === undefined) return sum;
  const total = count(details["total"]);
  const rest = total === undefined || said === undefined ? undefined : total - said;
  if (rest !== undefined && rest >= 0 && rest < sum) return rest;
  // Text, audio and images are kinds of the input; what of them was cached is not one more.
  const isByKind = count(details["input_text_tokens"]) !== undefined;
  return isByKind ? withDetails(details, 0, /^input_(text|audio|image|video)_tokens$/) : sum;
}

function withDetails(details: Details, base: number | undefined, names: RegExp): number | undefined {
  if (base === undefined) return undefined;
  return Object.keys(details).reduce((sum, name) => (names.test(name) ? sum + (count(details[name]) ?? 0) : sum), base);
}

/** USD; without a total the sum of the kinds, as the server has it. */
export function totalCost(value: unknown): number | undefined {
  const details = parsedObject(value);
  const total = cost(field(details, "total"));
  if (details === undefined || total !== undefined || "total" in details) return total;
  return cost(Object.values(details).reduce<number>((sum, one) => sum + (cost(one) ?? 0), 0));
}
