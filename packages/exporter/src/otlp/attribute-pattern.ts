export type Scalar = string | number | boolean;

/** A stretch of attributes that had the same values span after span, as they are written one after another. */
export interface Run {
  readonly end: number;
  readonly text: string;
}

/** Up to so many characters a text is looked at whether it repeats. */
const MAX_REPEATED = 200;
const MAX_FOR_COUNT = 4;
/** Patterns of spans with more attributes would be found too seldom. */
const MAX_NAMES = 64;

const patterns: Map<number, AttributePattern[]> = new Map();

/** The pattern of spans that have these attributes, where one is kept. */
export function patternOf(
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
): AttributePattern | undefined {
  const count = names.length;
  if (count < 2 || count > MAX_NAMES) return undefined;
  const alike = patterns.get(count) ?? [];
  for (const pattern of alike) if (pattern.isLike(names)) return pattern;
  if (alike.length === 0) patterns.set(count, alike);
  if (alike.length < MAX_FOR_COUNT) alike.push(new AttributePattern(names, values));
  return undefined;
}

/**
 * What stays the same from span to span of one kind: operation, provider, model, address. It is written at one go; what
 * was seen to change is left to be written on its own.
 */
export class AttributePattern {
  readonly #names: readonly string[];
  /** Undefined for what changes, or is long or structured. */
  readonly #values: (Scalar | undefined)[];
  #runs: (Run | undefined)[] = [];

  constructor(names: readonly string[], values: Readonly<Record<string, unknown>>) {
    this.#names = names;
    this.#values = names.map((name) => scalarOf(values[name]));
    if (names.includes("")) this.#values.fill(undefined); // it is left out
  }

  isLike(names: readonly string[]): boolean {
    const last = names.length - 1;
    return (
      this.#names[0] === names[0] && this.#names[last] === names[last] && this.#names[last >> 1] === names[last >> 1]
    );
  }

  /** The run that begins there, where it holds for these attributes. */
  runAt(
    begin: number,
    names: readonly string[],
    values: Readonly<Record<string, unknown>>,
    write: (name: string, value: Scalar) => string,
  ): Run | undefined {
    const run = this.#runs[begin] ?? this.#learn(begin, write);
    if (run === undefined) return undefined;
    for (let index = begin; index < run.end; index++) {
      const name = this.#names[index];
      if (name !== undefined && name === names[index] && values[name] === this.#values[index]) continue;
      this.#values[index] = undefined;
      this.#runs = [];
      return undefined;
    }
    return run;
  }

  #learn(begin: number, write: (name: string, value: Scalar) => string): Run | undefined {
    const texts: string[] = [];
    let end = begin;
    for (; ; end++) {
      const name = this.#names[end];
      const value = this.#values[end];
      if (name === undefined || value === undefined) break;
      texts.push(write(name, value));
    }
    if (texts.length < 2) return undefined;
    const run = { end, text: texts.join(",") };
    this.#runs[begin] = run;
    return run;
  }
}

function scalarOf(value: unknown): Scalar | undefined {
  if (typeof value === "string") return value.length <= MAX_REPEATED ? value : undefined;
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
