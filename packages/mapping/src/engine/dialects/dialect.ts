import type { Draft } from "./reading/draft.ts";

/** Producers whose spans are understood, in the order in which they win over one another by default. */
export const DIALECT_NAMES = [
  "langfuse",
  "langsmith",
  "mastra",
  "openinference",
  "vercel",
  "openllmetry",
  "openlit",
  "logfire",
  "sentry",
  "datadog",
  "adk",
  "genkit",
  "anthropic",
  "mistral",
  "genai",
] as const;

/** `vercel` is the AI SDK in its versions 4 to 7; `genai` the GenAI conventions before the current snapshot. */
export type DialectName = (typeof DIALECT_NAMES)[number];

/** What one attribute of a dialect becomes. */
export interface AttributeRow {
  readonly from: string;
  /** Name in the current conventions; several where `read` answers an object of them; none where it is dropped. */
  readonly to?: string | readonly string[];
  /**
   * The value as the conventions have it; `undefined` where it cannot be read, and then it stays under its own name.
   * Default: the value as it is.
   */
  readonly read?: (value: unknown, draft: Draft) => unknown;
  /** Only on spans where this holds; on others the attribute stays as it is. */
  readonly when?: (draft: Draft) => boolean;
  /** The attribute stays beside what it became: it says more than that. */
  readonly keep?: boolean;
}

/** Attributes that hold one structured value between them, such as `llm.input_messages.0.message.role`. */
export interface FlattenedRow {
  /** What the names begin with, its last dot included; an index follows. */
  readonly prefix: string;
  /** What may follow the index; `#` stands for a further index. Other names are not of this row. */
  readonly paths: readonly string[];
  readonly to: string | readonly string[];
  /** As in {@link AttributeRow}, with the values put together in the order of their indices. */
  readonly read: (items: readonly Unflattened[], draft: Draft) => unknown;
}

/** One element of a flattened array: its own fields, nested ones as objects and arrays. */
export type Unflattened = Readonly<Record<string, unknown>>;

/** Attributes with a free last part, such as `traceloop.association.properties.<key>`. */
export interface PrefixRow {
  readonly prefix: string;
  /** Name for each key that has one in the conventions; other keys stay as they are. */
  readonly keys: Readonly<Record<string, string>>;
  /** Names of the producer's own transport, such as headers, which may hold secrets. */
  readonly drop?: boolean;
}

/** One dialect as data: how it is recognised, and what its attributes become. */
export interface Dialect {
  readonly name: DialectName;
  /** What the table was taken from. */
  readonly source: string;
  /** Names of instrumentation scopes; one that ends with `*` is the beginning of a name. */
  readonly scopes: readonly string[];
  /** Attributes that only this dialect has; one that ends with a dot is the beginning of a name. */
  readonly markers: readonly string[];
  /** `gen_ai.operation.name` where the span does not say it in the conventions' words. */
  readonly operation?: (draft: Draft) => string | undefined;
  /**
   * Where the producer writes words of its own to `gen_ai.operation.name`: what such a word means, `null` where it is no
   * operation, `undefined` for what it has right. Must answer `undefined` to its own answers.
   */
  readonly misnamed?: (operation: string, draft: Draft) => string | null | undefined;
  /** Of several rows for one target the first wins. */
  readonly rows: readonly AttributeRow[];
  readonly flattened?: readonly FlattenedRow[];
  readonly prefixes?: readonly PrefixRow[];
  /** What no table can say: several attributes that make one, or one whose meaning depends on others. */
  readonly gather?: (draft: Draft) => void;
  /**
   * Puts right what stands under a current name in another form. Runs when all dialects have been read, and must come to
   * the same when it runs on its own result.
   */
  readonly refine?: (draft: Draft) => void;
}
