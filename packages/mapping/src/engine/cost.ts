import {
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GENSPAN_COST_PRICE_DATE,
  ATTR_GENSPAN_COST_SOURCE,
  ATTR_GENSPAN_COST_USD,
} from "@genspan/semconv";
import type { HrTime } from "@opentelemetry/api";
import type { AttributeReader } from "./attribute-reader.ts";
import { flatText } from "./flat-text.ts";
import { PRICE_LIST, type PriceList } from "./price-list.ts";
import { hasPrices, priceByRates } from "./token-rates.ts";
import { twelveDecimals } from "./twelve-decimals.ts";
import type { Usage } from "./usage.ts";

/** What a call has cost, and who says so. */
export interface Price {
  readonly usd: number;
  /** `producer`: an attribute of the span. `hook`: the user's own function. `list`: the offline list, an estimate. */
  readonly source: "producer" | "hook" | "list";
  /** For `list`: the state of the list, and the time of the call, for which the price was looked up. */
  readonly list?: { readonly version: string; readonly published: string; readonly at: string };
}

/** What a price depends on. */
export interface PricedCall {
  /** `gen_ai.provider.name`. */
  readonly provider: string | undefined;
  /** The model that answered, else the one that was asked for. */
  readonly model: string | undefined;
  readonly usage: Usage;
  /** When the call began. */
  readonly startTime: HrTime;
}

/**
 * A user's own prices: USD of the call; `null` where it has none that anybody should guess; `undefined` leaves it to the
 * list. Where it throws, the list is asked.
 */
export type PriceHook = (call: PricedCall) => number | null | undefined;

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

/** Frameworks that name themselves in the place of who serves the model: the list is asked for the model alone. */
const FRAMEWORKS: ReadonlySet<string> = new Set(["strands-agents"]);

let list: PriceList | undefined;

/** The list is large: formats, which alone ask for prices, bring it along. */
export function usePriceList(calculate: PriceList): void {
  list = calculate;
}

interface PricedSpan extends AttributeReader, Omit<PricedCall, "provider"> {}

/**
 * The price of the span's usage: what the producer stated, else what the hook says, else the offline list.
 * `undefined` where the model has no price or the span has no usage: an unknown cost is not a cost of 0.
 */
export function priceOf(span: PricedSpan, hook?: PriceHook): Price | undefined {
  const stated = span.number(ATTR_GENSPAN_COST_USD);
  if (stated !== undefined) return { usd: stated, source: "producer" };
  const { model, usage, startTime } = span;
  if (usage.input === undefined && usage.output === undefined) return undefined;
  const call = { provider: span.text(ATTR_GEN_AI_PROVIDER_NAME), model, usage, startTime };
  const own = hook === undefined ? undefined : asked(hook, call);
  if (own === null) return undefined;
  return own === undefined ? listPrice(call) : { usd: own, source: "hook" };
}

/** What a record says of its cost beside the sum, as attributes. */
export function priceNoteOf(
  span: AttributeReader & { readonly price: Price | undefined },
): Readonly<Record<string, string>> {
  switch (span.price?.source) {
    case "list":
      return LIST_NOTE;
    case "hook":
      return { [ATTR_GENSPAN_COST_SOURCE]: "hook" };
    case "producer":
      return statedBy(span, ATTR_GENSPAN_COST_SOURCE, ATTR_GENSPAN_COST_PRICE_DATE);
    case undefined:
      return {};
  }
}

const LIST_NOTE: Readonly<Record<string, string>> = {
  [ATTR_GENSPAN_COST_SOURCE]: flatText(PRICE_LIST.name, " ", PRICE_LIST.version),
  [ATTR_GENSPAN_COST_PRICE_DATE]: PRICE_LIST.published,
};

function statedBy(span: AttributeReader, ...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = span.text(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function asked(hook: PriceHook, call: PricedCall): number | null | undefined {
  try {
    const answer = hook(call);
    return answer === null || (typeof answer === "number" && Number.isFinite(answer)) ? answer : undefined;
  } catch {
    return undefined; // a defect of the hook costs its price and nothing else
  }
}

function listPrice({ provider, model, usage, startTime }: PricedCall): Price | undefined {
  // An answer cost its question too: with the one alone, the price is not known.
  if (model === undefined || usage.input === undefined) return undefined;
  const millis = startTime[0] * 1e3 + startTime[1] / 1e6;
  const timestamp = Math.abs(millis) <= LATEST_MILLIS ? new Date(millis) : undefined;
  const options: { providerId?: string; timestamp?: Date } = {};
  if (provider !== undefined && !FRAMEWORKS.has(provider)) {
    options.providerId = PRICE_LIST_PROVIDERS.get(provider) ?? provider;
  }
  if (timestamp !== undefined) options.timestamp = timestamp;
  const usd = priceInList(model, options, usage);
  return usd === undefined ? undefined : { usd, source: "list", list: new ListState(timestamp) };
}

/** Few ask for the time of a call, and a date is long in becoming text. */
class ListState {
  readonly version = PRICE_LIST.version;
  readonly published = PRICE_LIST.published;
  readonly #time: Date | undefined;

  constructor(time: Date | undefined) {
    this.#time = time;
  }

  get at(): string {
    return this.#time?.toISOString() ?? this.published;
  }
}

/** Of a `Date`. */
const LATEST_MILLIS = 8.64e15;

function priceInList(model: string, options: Parameters<PriceList>[2], usage: Usage): number | undefined {
  const remembered = list && priceByRates(list, model, options, usage);
  if (remembered === null) return undefined;
  if (remembered !== undefined) return twelveDecimals(remembered);
  return calculated(detailed(usage), usage, model, options) ?? calculated(basic(usage), usage, model, options);
}

type ListCounts = Readonly<Record<string, number>>;

function basic({ input, output, cacheRead, cacheWrite }: Usage): ListCounts {
  return known({
    input_tokens: input ?? 0,
    output_tokens: output ?? 0,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
  });
}

/** With the counts that some models have a price of their own for. */
function detailed(usage: Usage): ListCounts {
  const { cacheWrite, cacheWrite1h, reasoning, audio, image } = usage;
  return known({
    ...basic(usage),
    cache_write_1h_tokens: cacheWrite === undefined ? undefined : cacheWrite1h,
    output_reasoning_tokens: reasoning,
    input_audio_tokens: audio?.input,
    output_audio_tokens: audio?.output,
    cache_audio_read_tokens: audio?.cacheRead,
    input_image_tokens: image?.input,
    output_image_tokens: image?.output,
  });
}

function known(counts: Readonly<Record<string, number | undefined>>): ListCounts {
  // A detail of 0 has no price, and the list refuses some where their parents are not known.
  const entries = Object.entries(counts).filter(
    ([name, value]) => value !== undefined && (value > 0 || !isDetail(name)),
  );
  return Object.fromEntries(entries) as ListCounts; // the line above leaves out what is undefined
}

const isDetail = (name: string): boolean => name !== "input_tokens" && name !== "output_tokens";

function calculated(
  counts: ListCounts,
  usage: Usage,
  model: string,
  options: Parameters<PriceList>[2],
): number | undefined {
  try {
    const priced = list?.(counts, model, options);
    return priced && hasPrices(priced.model_price, usage) ? twelveDecimals(priced.total_price) : undefined;
  } catch {
    return undefined; // counts that contradict each other, or that the model has no price for
  }
}
