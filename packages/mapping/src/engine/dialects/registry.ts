import { adk } from "./adk.ts";
import { anthropic } from "./anthropic.ts";
import { datadog } from "./datadog.ts";
import { DIALECT_NAMES, type Dialect } from "./dialect.ts";
import { genai } from "./genai.ts";
import { genkit } from "./genkit.ts";
import { langfuse } from "./langfuse.ts";
import { langsmith } from "./langsmith.ts";
import { logfire } from "./logfire.ts";
import { mastra } from "./mastra.ts";
import { mistral } from "./mistral.ts";
import { openinference } from "./openinference.ts";
import { openlit } from "./openlit.ts";
import { openllmetry } from "./openllmetry.ts";
import { sentry } from "./sentry.ts";
import { vercel } from "./vercel.ts";

const BY_NAME: Readonly<Record<(typeof DIALECT_NAMES)[number], Dialect>> = {
  ...{ langfuse, langsmith, mastra, openinference, vercel, openllmetry, openlit, logfire, sentry },
  ...{ datadog, adk, genkit, anthropic, mistral, genai },
};

/** In the order of {@link DIALECT_NAMES}. */
export const DIALECTS: readonly Dialect[] = DIALECT_NAMES.map((name) => BY_NAME[name]);
