import { ATTR_GEN_AI_PROVIDER_NAME, ATTR_GENSPAN_COST_USD } from "@genspan/semconv";
import { calcPrice } from "@pydantic/genai-prices";
import type { AttributeReader } from "./attribute-reader.ts";
import type { Usage } from "./usage.ts";

/** Provider names of the conventions, and what the price list calls them where the two differ. */
const PRICE_LIST_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["aws.bedrock", "aws"],
  ["azure.ai.openai", "azure"],
  ["azure.ai.inference", "azure"],
  ["gcp.gemini", "google"],
  ["gcp.vertex_ai", "google"],
  ["gcp.gen_ai", "google"],
  ["mistral_ai", "mistral"],
  ["x_ai", "x-ai"],
  ["moonshot_ai", "moonshotai"],
]);

/** What a price depends on. */
interface PricedCall extends AttributeReader {
  readonly model: string | undefined;
  readonly usage: Usage;
}

/**
 * USD for the span's usage: what the producer stated, else the offline price list of `@pydantic/genai-prices`.
 * `undefined` where the model has no price or the span has no usage: an unknown cost is not a cost of 0.
 */
export function costOf(span: PricedCall): number | undefined {
  const stated = span.number(ATTR_GENSPAN_COST_USD);
  if (stated !== undefined) return stated;
  const { input, output, cacheRead, cacheWrite } = span.usage;
  const { model } = span;
  if (model === undefined || (input === undefined && output === undefined)) return undefined;
  const provider = span.text(ATTR_GEN_AI_PROVIDER_NAME);
  const usage = {
    input_tokens: input ?? 0,
    output_tokens: output ?? 0,
    ...(cacheRead !== undefined && { cache_read_tokens: cacheRead }),
    ...(cacheWrite !== undefined && { cache_write_tokens: cacheWrite }),
  };
  try {
    const options = provider === undefined ? {} : { providerId: PRICE_LIST_PROVIDERS.get(provider) ?? provider };
    const price = calcPrice(usage, model, options)?.total_price;
    return price === undefined ? undefined : Number(price.toFixed(12)); // sums of binary fractions have long tails
  } catch {
    return undefined; // the list refuses counts that contradict each other, such as more cached than input tokens
  }
}
