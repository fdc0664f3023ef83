/** The offline list; `published` is the day on which this version of it came out. */
export const PRICE_LIST = { name: "@pydantic/genai-prices", version: "0.1.8", published: "2026-09-23" } as const;

/** What a price list calculates: USD of the counts, for a model at a time; nothing for what it does not know. */
export type PriceList = (
  counts: Readonly<Record<string, number>>,
  model: string,
  options: { readonly providerId?: string; readonly timestamp?: Date },
) => PricedCounts | null | undefined;

/** Beside the price, what it was made of: USD for so many tokens, or a list of them with the times when they hold. */
interface PricedCounts {
  readonly total_price: number;
  readonly model_price?: Readonly<Record<string, unknown>>;
  readonly model?: { readonly prices: unknown };
}
