import { ATTR_GENSPAN_METADATA_PREFIX } from "@genspan/semconv";
import { byName } from "../engine/by-name.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { objectOf } from "../engine/object-of.ts";
import { jsonText } from "./json-text.ts";

/** Free-form metadata, whose values are texts, while it is gathered. */
export class Texts {
  readonly #names: string[] = [];
  readonly #values: string[] = [];

  /** A name that is there already keeps its place and gets the new value. */
  add(name: string, text: string): void {
    this.#addAfter(this.#names.length, name, text);
  }

  /** Of names that stand behind the first `count` none is this one. */
  #addAfter(count: number, name: string, text: string): void {
    for (let at = 0; at < count; at++) {
      if (this.#names[at] !== name) continue;
      this.#values[at] = text;
      return;
    }
    this.#names.push(name);
    this.#values.push(text);
  }

  /** Adds values as text, where `isWanted` does not refuse their names. Those that have no text are left out. */
  addAll(values: Readonly<Record<string, unknown>>, isWanted?: (name: string) => boolean): void {
    const count = this.#names.length;
    for (const name of Object.keys(values)) {
      if (isWanted?.(name) === false) continue;
      const text = jsonText(values[name]);
      if (text !== undefined) this.#addAfter(count, name, text);
    }
  }

  /** `undefined` for none. */
  toObject(): Readonly<Record<string, string>> | undefined {
    // The values are texts.
    return this.#names.length === 0 ? undefined : (objectOf(this.#names, this.#values) as Record<string, string>);
  }
}

/** Of the resource: who runs the service. */
export const isOfService: (name: string) => boolean = byName((name) => /^(service|deployment)\./.test(name));

/** What the user asked for on a span: `genspan.metadata.<key>` under its key. */
export function askedMetadata(span: GenAISpan): Readonly<Record<string, unknown>> {
  return span.once("metadata.asked", ({ attributes }) => fieldsBehind(attributes, askedKey));
}

const askedKey = keyBehind(ATTR_GENSPAN_METADATA_PREFIX);

/** What a name says behind a prefix; `undefined` for a name that does not begin with it. */
export function keyBehind(prefix: string): (name: string) => string | undefined {
  return byName((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : undefined));
}

/** The attributes that `keyOf` has a key for, under their keys. */
export function fieldsBehind(
  attributes: Readonly<Record<string, unknown>>,
  keyOf: (name: string) => string | undefined,
): Readonly<Record<string, unknown>> {
  const keys: string[] = [];
  const values: unknown[] = [];
  for (const name of Object.keys(attributes)) {
    const key = keyOf(name);
    if (key === undefined) continue;
    keys.push(key);
    values.push(attributes[name]);
  }
  return keys.length === 0 ? NONE : objectOf(keys, values);
}

const NONE: Readonly<Record<string, never>> = {};
