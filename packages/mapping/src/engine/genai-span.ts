import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  type InputMessage,
  type OutputMessage,
  type SystemInstructions,
  type ToolDefinition,
} from "@genspan/semconv";
import type { HrTime } from "@opentelemetry/api";
import { type Price, type PriceHook, priceNoteOf, priceOf } from "./cost.ts";
import { type Normaliser, normaliseAttributes } from "./dialects/normalise.ts";
import { isInputMessages, isSystemInstructions, isToolDefinitions } from "./message-guards.ts";
import { type NameList, nameListOf } from "./name-list.ts";
import {
  parentSpanIdOf,
  type ReadableSpanLike,
  type ScopeLike,
  type SpanEventLike,
  type SpanLinkLike,
  scopeOf,
} from "./readable-span.ts";
import { repeatsUsage, type Usage, usageOf } from "./usage.ts";

/** How spans are read; the same for all spans of a processor. */
export interface SpanReading {
  /** How other dialects are read: `createNormaliser(...)`. Default: with the usual order and preference. */
  readonly normaliser?: Normaliser | undefined;
  /** Prices of the user's own. Default: the offline list of `@pydantic/genai-prices`. */
  readonly price?: PriceHook | undefined;
}

/**
 * What every mapping sees of a span: current attribute names, values of the type that was asked for, and the parts
 * that several vendors need (messages, usage, cost) computed once, on first use.
 *
 * Nothing here throws on a hostile span: a value of the wrong type, or JSON that was cut, reads as absent.
 */
export class GenAISpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Absent for a root span. */
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  /** The span as the SDK handed it over. */
  readonly source: ReadableSpanLike;
  readonly #normaliser: Normaliser;
  #attributes: Readonly<Record<string, unknown>> | undefined;
  #names: NameList | undefined;
  /** Keys and values in turn: they are few, and found sooner than in a map, which is also long in the making. */
  readonly #memo: unknown[] = [];
  readonly #priceHook: PriceHook | undefined;
  #usage: Usage | undefined;
  #repeatsUsage: boolean | undefined;
  /** `null`: there is none. */
  #price: Price | null | undefined;

  constructor(span: ReadableSpanLike, { normaliser = normaliseAttributes, price }: SpanReading = {}) {
    const context = span.spanContext();
    this.traceId = context.traceId;
    this.spanId = context.spanId;
    this.parentSpanId = parentSpanIdOf(span);
    this.name = span.name;
    this.startTime = span.startTime;
    this.endTime = span.endTime;
    this.#normaliser = normaliser;
    this.source = span;
    this.#priceHook = price;
  }

  /** Another span, read in the same way. */
  like(span: ReadableSpanLike): GenAISpan {
    return new GenAISpan(span, { normaliser: this.#normaliser, price: this.#priceHook });
  }

  /** Another span, whose attributes are read under the names that they have. */
  likeCurrent(span: ReadableSpanLike): GenAISpan {
    return new GenAISpan(span, { normaliser: asTheyAre, price: this.#priceHook });
  }

  /** Under current names, whatever convention the producer spoke. Read on first use: not every destination asks. */
  get attributes(): Readonly<Record<string, unknown>> {
    this.#attributes ??= this.#normaliser(this.source);
    return this.#attributes;
  }

  /** The names of {@link attributes}. */
  get names(): NameList {
    this.#names ??= nameListOf(Object.keys(this.attributes));
    return this.#names;
  }

  get resource(): Readonly<Record<string, unknown>> {
    return this.source.resource.attributes;
  }

  get scope(): ScopeLike | undefined {
    return scopeOf(this.source);
  }

  get events(): readonly SpanEventLike[] {
    return this.source.events;
  }

  get links(): readonly SpanLinkLike[] {
    return this.source.links;
  }

  /** True when the span's status is ERROR. */
  get failed(): boolean {
    return this.source.status.code === 2;
  }

  /** Description of an ERROR status. */
  get statusMessage(): string | undefined {
    return this.source.status.message || undefined;
  }

  /** `gen_ai.operation.name`; absent on spans that are not GenAI spans. */
  get operation(): string | undefined {
    return this.text(ATTR_GEN_AI_OPERATION_NAME);
  }

  /** The model that answered, else the one that was asked for. */
  get model(): string | undefined {
    return this.text(ATTR_GEN_AI_RESPONSE_MODEL) ?? this.text(ATTR_GEN_AI_REQUEST_MODEL);
  }

  get finishReasons(): readonly string[] {
    return this.texts(ATTR_GEN_AI_RESPONSE_FINISH_REASONS) ?? [];
  }

  get systemInstructions(): SystemInstructions | undefined {
    return this.once("system", systemOf);
  }

  get inputMessages(): readonly InputMessage[] | undefined {
    return this.once("input", inputOf);
  }

  get outputMessages(): readonly OutputMessage[] | undefined {
    return this.once("output", outputOf);
  }

  get toolDefinitions(): readonly ToolDefinition[] | undefined {
    return this.once("tools", toolsOf);
  }

  /** Token counts as the conventions mean them: cached tokens are part of `input`, reasoning tokens of `output`. */
  get usage(): Usage {
    this.#usage ??= usageOf(this);
    return this.#usage;
  }

  /** The usage, but nothing of a span that repeats that of the calls within it: for receivers that add spans up. */
  get ownUsage(): Usage {
    return this.#isSum() ? NO_USAGE : this.usage;
  }

  /** The cost, but nothing of a span that repeats that of the calls within it. */
  get ownCost(): number | undefined {
    return this.#isSum() ? undefined : this.cost;
  }

  /** Asked for with every count. */
  #isSum(): boolean {
    this.#repeatsUsage ??= repeatsUsage(this.operation, this.source.kind);
    return this.#repeatsUsage;
  }

  /** USD, or `undefined` where the price or the usage is not known; never 0 for unknown. */
  get cost(): number | undefined {
    return this.price?.usd;
  }

  /** The cost with its source: a price of the list keeps the day of the list. */
  get price(): Price | undefined {
    if (this.#price === undefined) this.#price = priceOf(this, this.#priceHook) ?? null;
    return this.#price ?? undefined;
  }

  /**
   * Where a cost that we state comes from, as attributes: the source and the date of its prices. Empty where there is no
   * cost, and of a producer's own cost unless it says so itself.
   */
  get priceNote(): Readonly<Record<string, string>> {
    return this.once("price note", priceNoteOf);
  }

  /** A non-empty string attribute. */
  text(name: string): string | undefined {
    const value = this.attributes[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** A finite number; numeric text (as some producers write) counts. */
  number(name: string): number | undefined {
    const value = this.attributes[name];
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? number : undefined;
  }

  boolean(name: string): boolean | undefined {
    const value = this.attributes[name];
    return typeof value === "boolean" ? value : undefined;
  }

  /** An array attribute of strings; entries of other types are left out. */
  texts(name: string): readonly string[] | undefined {
    const value = this.attributes[name];
    if (!Array.isArray(value)) return undefined;
    return value.every(isText) ? value : value.filter(isText);
  }

  /** JSON text, or the structured value that SDK 3 keeps. Cut or malformed JSON reads as absent. */
  json(name: string): unknown {
    const value = this.attributes[name];
    if (typeof value !== "string") return value ?? undefined;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return undefined;
    }
  }

  /** Computes a value that several mappings share once for this span. `key` is unique to the computation. */
  once<T>(key: string, compute: (span: GenAISpan) => T): T {
    const memo = this.#memo;
    for (let place = 0; place < memo.length; place += 2) {
      if (memo[place] === key) return memo[place + 1] as T; // the key names the one computation
    }
    const value = compute(this);
    memo.push(key, value);
    return value;
  }
}

const NO_USAGE: Usage = {};
const asTheyAre: Normaliser = ({ attributes }) => attributes;

const systemOf = (span: GenAISpan) => guarded(span.json(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS), isSystemInstructions);
const inputOf = (span: GenAISpan) => guarded(span.json(ATTR_GEN_AI_INPUT_MESSAGES), isInputMessages);
const outputOf = (span: GenAISpan) => guarded(span.json(ATTR_GEN_AI_OUTPUT_MESSAGES), isInputMessages);
const toolsOf = (span: GenAISpan) => guarded(span.json(ATTR_GEN_AI_TOOL_DEFINITIONS), isToolDefinitions);

const isText = (value: unknown): value is string => typeof value === "string";

function guarded<T>(value: unknown, guard: (value: unknown) => value is T): T | undefined {
  return guard(value) ? value : undefined;
}
