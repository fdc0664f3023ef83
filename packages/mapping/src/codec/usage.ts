import * as names from "@genspan/semconv";
import { COUNTING, type Counting, type Counts, toConventions } from "../engine/token-algebra.ts";
import type { Fields } from "./fields.ts";

/** Token counts of a response's body, in the words of the larger APIs, as attributes. */

type Attributes = Readonly<Record<string, unknown>>;

export function usageAttributes(usage: Fields): Attributes {
  const [counts, counting] = countsOf(usage);
  const { input, output, cacheRead, cacheWrite, reasoning } = toConventions(stated(counts), counting);
  const written = usage.object("cache_creation");
  return {
    [names.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: input,
    [names.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: output,
    [names.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: cacheRead,
    [names.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]: cacheWrite,
    [names.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: reasoning,
    [names.ATTR_GENSPAN_USAGE_CACHE_WRITE_5M_INPUT_TOKENS]: written.number("ephemeral_5m_input_tokens"),
    [names.ATTR_GENSPAN_USAGE_CACHE_WRITE_1H_INPUT_TOKENS]: written.number("ephemeral_1h_input_tokens"),
  };
}

type Given = { readonly [Name in keyof Counts]: number | undefined };

function countsOf(usage: Fields): readonly [counts: Given, counting: Counting] {
  if (usage.has("promptTokenCount")) return [geminis(usage), COUNTING["gcp.gemini"]];
  if (usage.has("inputTokens") || usage.has("outputTokens")) return [bedrocks(usage), COUNTING["aws.bedrock"]];
  if (usage.has("prompt_tokens") || usage.has("completion_tokens")) return [chats(usage), COUNTING.openai];
  if (usage.has("input_tokens_details") || usage.has("output_tokens_details"))
    return [responses(usage), COUNTING.openai];
  return [anthropics(usage), COUNTING.anthropic];
}

/** OpenAI's Chat Completions; some that speak it name cached tokens as Anthropic does. */
function chats(usage: Fields): Given {
  const prompt = usage.object("prompt_tokens_details");
  return {
    input: usage.number("prompt_tokens"),
    output: usage.number("completion_tokens"),
    cacheRead: prompt.number("cached_tokens") ?? usage.number("cache_read_input_tokens"),
    cacheWrite: prompt.number("cache_creation_tokens") ?? usage.number("cache_creation_input_tokens"),
    reasoning: usage.object("completion_tokens_details").number("reasoning_tokens"),
  };
}

/** https://platform.openai.com/docs/api-reference/responses/object */
function responses(usage: Fields): Given {
  return {
    input: usage.number("input_tokens"),
    output: usage.number("output_tokens"),
    cacheRead: usage.object("input_tokens_details").number("cached_tokens"),
    cacheWrite: undefined,
    reasoning: usage.object("output_tokens_details").number("reasoning_tokens"),
  };
}

/** https://docs.anthropic.com/en/api/messages, whose names others have taken over. */
function anthropics(usage: Fields): Given {
  return {
    input: usage.number("input_tokens"),
    output: usage.number("output_tokens"),
    cacheRead: usage.number("cache_read_input_tokens"),
    cacheWrite: usage.number("cache_creation_input_tokens"),
    reasoning: undefined,
  };
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html */
function bedrocks(usage: Fields): Given {
  return {
    input: usage.number("inputTokens"),
    output: usage.number("outputTokens"),
    cacheRead: usage.number("cacheReadInputTokens"),
    cacheWrite: usage.number("cacheWriteInputTokens"),
    reasoning: undefined,
  };
}

/** https://ai.google.dev/api/generate-content#UsageMetadata: what tools put into the prompt is counted apart. */
function geminis(usage: Fields): Given {
  const [prompt, tools] = [usage.number("promptTokenCount"), usage.number("toolUsePromptTokenCount")];
  return {
    input: prompt === undefined ? tools : prompt + (tools ?? 0),
    output: usage.number("candidatesTokenCount"),
    cacheRead: usage.number("cachedContentTokenCount"),
    cacheWrite: undefined,
    reasoning: usage.number("thoughtsTokenCount"),
  };
}

/** Some writers say -1 for a count that they do not know. */
function stated(counts: Given): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined && count >= 0));
}
