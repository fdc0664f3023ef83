import { DIALECT_NAMES, type Dialect } from "./dialect.ts";
import { adk } from "./producers/adk.ts";
import { anthropic } from "./producers/anthropic.ts";
import { datadog } from "./producers/datadog.ts";
import { genai } from "./producers/genai.ts";
import { genkit } from "./producers/genkit.ts";
import { langfuse } from "./producers/langfuse.ts";
import { langsmith } from "./producers/langsmith.ts";
import { logfire } from "./producers/logfire.ts";
import { mastra } from "./producers/mastra.ts";
import { mistral } from "./producers/mistral.ts";
import { openinference } from "./producers/openinference.ts";
import { openlit } from "./producers/openlit.ts";
import { openllmetry } from "./producers/openllmetry.ts";
import { sentry } from "./producers/sentry.ts";
import { vercel } from "./producers/vercel.ts";

const BY_NAME: Readonly<Record<(typeof DIALECT_NAMES)[number], Dialect>> = {
  ...{ langfuse, langsmith, mastra, openinference, vercel, openllmetry, openlit, logfire, sentry },
  ...{ datadog, adk, genkit, anthropic, mistral, genai },
};

/** In the order of {@link DIALECT_NAMES}. */
export const DIALECTS: readonly Dialect[] = DIALECT_NAMES.map((name) => BY_NAME[name]);
