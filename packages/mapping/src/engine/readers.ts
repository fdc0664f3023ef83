import type { GenAISpan } from "./genai-span.ts";
import type { FilledRow, MappingInput, UnavailableRow } from "./rows.ts";

/** A row that reads by a function of its own. `source` is printed in the vendor's field table. */
export function from<TValue, TOptions = unknown>(
  source: string,
  read: (input: MappingInput<TOptions>) => TValue | undefined,
): FilledRow<TValue, TOptions> {
  return { source, read };
}

/** The same, for what is read of these attributes of the span, and of nothing where none of them is there. */
export function fromAttributes<TValue, TOptions = unknown>(
  needs: readonly string[],
  source: string,
  read: (input: MappingInput<TOptions>) => TValue | undefined,
): FilledRow<TValue, TOptions> {
  return { source, needs, read };
}

/** A documented field that no span can fill, with the reason. */
export function unavailable(reason: string): UnavailableRow {
  return { unavailable: reason };
}

/** The same value in every record. */
export function constant<const TValue>(value: TValue): FilledRow<TValue, unknown> {
  return { source: `always \`${JSON.stringify(value)}\``, read: () => value };
}

/** The first of these attributes that is a non-empty string. */
export function text(...names: readonly string[]): FilledRow<string, unknown> {
  return {
    source: orList(names),
    needs: names,
    read: firstOf(names, (span, name) => span.text(name)),
  };
}

/** The first of these attributes that is a finite number. */
export function number(...names: readonly string[]): FilledRow<number, unknown> {
  return {
    source: orList(names),
    needs: names,
    read: firstOf(names, (span, name) => span.number(name)),
  };
}

export function boolean(...names: readonly string[]): FilledRow<boolean, unknown> {
  return {
    source: orList(names),
    needs: names,
    read: firstOf(names, (span, name) => span.boolean(name)),
  };
}

/** The first of these array attributes. */
export function texts(...names: readonly string[]): FilledRow<readonly string[], unknown> {
  return {
    source: orList(names),
    needs: names,
    read: firstOf(names, (span, name) => span.texts(name)),
  };
}

/** The span's own attribute, else an option of the vendor: the call knows better than the configuration. */
export function textOrOption<TKey extends string>(
  name: string,
  option: TKey,
): FilledRow<string, { readonly [Key in TKey]?: string | undefined }> {
  return {
    source: `\`${name}\`, else option \`${option}\``,
    read: ({ span, options }) => span.text(name) ?? options[option],
  };
}

/** Attribute names as a list in prose: `` `a`, else `b` ``. */
export function orList(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", else ");
}

type Read<T> = FilledRow<T, unknown>["read"];

function firstOf<T>(names: readonly string[], read: (span: GenAISpan, name: string) => T | undefined): Read<T> {
  const [only] = names;
  if (only !== undefined && names.length === 1) return ({ span }) => read(span, only);
  return ({ span }) => {
    for (const name of names) {
      const value = read(span, name);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}
