import type { PriceList } from "./price-list.ts";
import type { Usage } from "./usage.ts";

/**
 * Prices of the usual counts from memory. The list finds a model and divides the counts anew for every call, which takes
 * longer than all the rest of a record; but what a model asks for a token of a kind stays the same, and calls of one
 * model follow one another.
 */

/** USD for one token of each kind, none of which is within another. */
interface Rates {
  /** For the call itself. */
  readonly call: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly reasoning: number | undefined;
  /** With more input tokens the price of a token is another. */
  readonly mostInput: number;
}

/** `null`: the list has no price. `undefined`: the price does not follow from rates. */
type Known = Rates | null | undefined;

/** What is known of a model at a provider. Prices change on certain days: between two of them they are the same. */
interface Model {
  readonly changes: readonly number[] | undefined;
  readonly periods: Map<number, Known>;
}

type Options = Parameters<PriceList>[2];

/** Names of models repeat. Where they do not, the memory starts anew. */
const MAX_MODELS = 2048;
let list: PriceList | undefined;
/** By provider and name. */
let providers = new Map<string | undefined, Map<string, Model>>();
let count = 0;

/**
 * USD of the counts, as the list would calculate them; `null` where it has no price; `undefined` where it must be asked,
 * since the counts or the prices of the model are of an unusual kind.
 */
export function priceByRates(
  asked: PriceList,
  model: string,
  options: Options,
  usage: Usage,
): number | null | undefined {
  const { input = 0, output = 0, cacheRead = 0, cacheWrite = 0, reasoning = 0 } = usage;
  const isUsual =
    !usage.cacheWrite1h && !usage.audio && !usage.image && cacheRead + cacheWrite <= input && reasoning <= output;
  if (!isUsual) return undefined;
  const rates = ratesOf(asked, model, options);
  if (rates === undefined || rates === null) return rates;
  if (input > rates.mostInput) return undefined;
  const parts = [
    cost(cacheRead, rates.cacheRead),
    cost(cacheWrite, rates.cacheWrite),
    cost(reasoning, rates.reasoning),
  ];
  const [read, write, thought] = parts;
  if (read === undefined || write === undefined || thought === undefined) return undefined;
  const rest = (input - cacheRead - cacheWrite) * rates.input + (output - reasoning) * rates.output;
  return rates.call + rest + read + write + thought;
}

function cost(count: number, rate: number | undefined): number | undefined {
  return count === 0 ? 0 : rate === undefined ? undefined : count * rate;
}

function ratesOf(asked: PriceList, name: string, options: Options): Known {
  if (asked !== list || count >= MAX_MODELS) {
    list = asked;
    providers = new Map();
    count = 0;
  }
  let models = providers.get(options.providerId);
  if (models === undefined) {
    models = new Map();
    providers.set(options.providerId, models);
  }
  let model = models.get(name);
  if (model === undefined) {
    model = { changes: changesOf(asked, name, options), periods: new Map() };
    models.set(name, model);
    count++;
  }
  const { changes, periods } = model;
  if (changes === undefined) return undefined;
  const at = options.timestamp?.getTime() ?? Date.now();
  const period = changes.length === 0 ? 0 : changes.filter((change) => change <= at).length;
  if (!periods.has(period)) periods.set(period, measured(asked, name, options));
  return periods.get(period);
}

/** Days on which the prices of a model change; `undefined` where they depend on the time of the day. */
function changesOf(asked: PriceList, name: string, options: Options): readonly number[] | undefined {
  const prices = attempt(() => asked({ input_tokens: 1, output_tokens: 1 }, name, options))?.model?.prices;
  if (!Array.isArray(prices)) return [];
  const constraints = prices.flatMap(
    ({ constraint }: { readonly constraint?: { start_date?: string } }) => constraint ?? [],
  );
  const days = constraints.map(({ start_date = "" }) => Date.parse(start_date));
  return days.some(Number.isNaN) ? undefined : days;
}

/** Few enough tokens for the lowest tier of any price. */
const SAMPLE = 1000;

function measured(asked: PriceList, name: string, options: Options): Known {
  const priced = attempt(() => asked({ input_tokens: 0, output_tokens: 0 }, name, options));
  if (priced === null || priced === undefined) return priced;
  // A model without a price for tokens of both kinds is left to the list, which is asked for the counts themselves.
  if (!hasPrices(priced.model_price, { input: 1, output: 1 })) return undefined;
  const call = priced.total_price;
  const rate = (counts: Readonly<Record<string, number>>): number | undefined => {
    const answer = attempt(() => asked({ input_tokens: 0, output_tokens: 0, ...counts }, name, options));
    return answer ? (answer.total_price - call) / SAMPLE : undefined;
  };
  const input = rate({ input_tokens: SAMPLE });
  const output = rate({ output_tokens: SAMPLE });
  const mostInput = lowestTier(priced.model_price ?? {});
  if (input === undefined || output === undefined || mostInput < SAMPLE) return undefined;
  return {
    call,
    input,
    output,
    mostInput,
    cacheRead: rate({ input_tokens: SAMPLE, cache_read_tokens: SAMPLE }),
    cacheWrite: rate({ input_tokens: SAMPLE, cache_write_tokens: SAMPLE }),
    reasoning: rate({ output_tokens: SAMPLE, output_reasoning_tokens: SAMPLE }),
  };
}

/**
 * Whether a model's prices cover the counts. The list knows models that it has no prices for, or prices of other things
 * than tokens: what it calculates for those is 0.
 */
export function hasPrices(
  prices: Readonly<Record<string, unknown>> | undefined,
  { input = 0, output = 0 }: Usage,
): boolean {
  const covers = (count: number, kind: RegExp) =>
    count === 0 || Object.keys(prices ?? {}).some((name) => kind.test(name));
  return covers(input + output, /_mtok$/) && covers(input, /^input_/) && covers(output, /^output_/);
}

/** Prices are numbers, or begin with a base that holds up to the start of the first tier. */
function lowestTier(prices: Readonly<Record<string, unknown>>): number {
  const starts = Object.values(prices).flatMap((price) => {
    if (typeof price !== "object" || price === null) return [];
    return "tiers" in price && Array.isArray(price.tiers)
      ? price.tiers.map(({ start }: { start: number }) => start)
      : [0];
  });
  return Math.min(Number.POSITIVE_INFINITY, ...starts);
}

/** `undefined` where the list refuses the counts. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
