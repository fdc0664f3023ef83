/**
 * How sources and receivers count tokens. Everything in between counts as the GenAI conventions do: cached tokens within
 * the input, reasoning within the output. A source that counts otherwise is converted where it is read, a receiver where
 * its record is made.
 */

/** Whether a detail is a part of the larger count, or stands beside it. */
export type Place = "within" | "beside";

export interface Counting {
  /** Tokens read from and written to a cache, and the input. */
  readonly cache: Place;
  /** Reasoning tokens, and the output. */
  readonly reasoning: Place;
  /** Where that is said, or was seen. */
  readonly source: string;
}

export type CountingSource =
  | "conventions"
  | "openai"
  | "anthropic"
  | "aws.bedrock"
  | "gcp.gemini"
  | "x_ai (chat)"
  | "langfuse"
  | "openllmetry, openlit, AI SDK 4 and 5 of Anthropic"
  | "AI SDK 6 and 7, Anthropic's own spans";

/** Counts in any convention. */
export interface Counts {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly reasoning?: number;
}

/** Who counts how. Names of dialects, and of providers as `gen_ai.provider.name` has them. */
export const COUNTING: Readonly<Record<CountingSource, Counting>> = {
  conventions: { cache: "within", reasoning: "within", source: "GenAI conventions, inference span, `gen_ai.usage.*`" },
  openai: { cache: "within", reasoning: "within", source: "OpenAI API reference, usage of chat and of responses" },
  anthropic: {
    cache: "beside",
    reasoning: "within",
    source: 'Anthropic API, prompt caching, "tracking cache performance"',
  },
  "aws.bedrock": { cache: "beside", reasoning: "within", source: "Bedrock Converse API, TokenUsage" },
  "gcp.gemini": { cache: "within", reasoning: "beside", source: "Gemini API, UsageMetadata: candidates and thoughts" },
  "x_ai (chat)": {
    cache: "within",
    reasoning: "beside",
    source: "recorded answers: the total is the sum of all three",
  },
  langfuse: { cache: "beside", reasoning: "beside", source: "Langfuse server, ingestion of usage details" },
  "openllmetry, openlit, AI SDK 4 and 5 of Anthropic": {
    cache: "beside",
    reasoning: "within",
    source: "spans of the packages, run against recorded answers",
  },
  "AI SDK 6 and 7, Anthropic's own spans": {
    cache: "within",
    reasoning: "within",
    source: "spans of the packages, run against recorded answers",
  },
};

/** Counts of a source as the conventions have them. */
export function toConventions(counts: Counts, { cache, reasoning }: Counting): Counts {
  const { input, output } = counts;
  return {
    ...counts,
    ...(input !== undefined && cache === "beside" && { input: input + cached(counts) }),
    ...(output !== undefined && reasoning === "beside" && { output: output + (counts.reasoning ?? 0) }),
  };
}

/** The reverse, for a receiver. Details that are larger than what they are a part of are nobody's: the count stays. */
export function fromConventions(counts: Counts, { cache, reasoning }: Counting): Counts {
  const { input, output } = counts;
  const apart = (whole: number, part: number): number => (part <= whole ? whole - part : whole);
  return {
    ...counts,
    ...(input !== undefined && cache === "beside" && { input: apart(input, cached(counts)) }),
    ...(output !== undefined && reasoning === "beside" && { output: apart(output, counts.reasoning ?? 0) }),
  };
}

function cached({ cacheRead = 0, cacheWrite = 0 }: Counts): number {
  return cacheRead + cacheWrite;
}
