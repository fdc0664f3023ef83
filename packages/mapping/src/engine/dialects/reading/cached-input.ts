import * as semconv from "@genspan/semconv";
import { COUNTING, toConventions } from "../../token-algebra.ts";
import type { Draft } from "./draft.ts";
import { count } from "./values.ts";

/** Providers whose own count of input tokens leaves out those that a cache served or took. */
const UNCACHED_PROVIDERS: ReadonlySet<unknown> = new Set(["anthropic", "aws.bedrock"]);

/**
 * Scopes that add the cache to the count themselves. Source: openllmetry's instrumentation-anthropic of Python,
 * `_set_token_usage`.
 */
const ADDED_BY: ReadonlySet<string> = new Set(["opentelemetry.instrumentation.anthropic"]);

/** Whether a producer of OpenLLMetry's names leaves out of the input what a cache served or took. */
export function isCacheApart(provider: unknown, scope: string): boolean {
  return UNCACHED_PROVIDERS.has(provider) && !ADDED_BY.has(scope);
}

/**
 * Makes the input of a producer that passes the provider's count on the count of the conventions, which includes the
 * cache. `evidence` names attributes of the producer's that this reading uses up, so that nothing is added twice.
 */
export function addCachedInput(draft: Draft, evidence: readonly string[]): void {
  if (!evidence.some((name) => draft.source[name] !== undefined)) return;
  if (!UNCACHED_PROVIDERS.has(draft.get(semconv.ATTR_GEN_AI_PROVIDER_NAME) ?? draft.source["gen_ai.system"])) return;
  const input = count(draft.get(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS));
  const cacheRead = cacheCount(draft, [
    semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    "gen_ai.usage.cache_read_input_tokens",
  ]);
  const cacheWrite = cacheCount(draft, [
    semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
  ]);
  if (input === undefined || cacheRead + cacheWrite === 0) return;
  // Where it was less than the cache, an older version has not added it.
  if (ADDED_BY.has(draft.scope) && input >= cacheRead + cacheWrite) return;
  const whole = toConventions({ input, cacheRead, cacheWrite }, COUNTING.anthropic);
  draft.replace(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, whole.input);
  for (const name of evidence) draft.use(name);
}

function cacheCount(draft: Draft, names: readonly string[]): number {
  for (const name of names) {
    const found = count(draft.get(name));
    if (found !== undefined) return found;
  }
  return 0;
}
