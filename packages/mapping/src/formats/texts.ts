import {
  ATTR_GENSPAN_METADATA_PREFIX,
  ATTR_GENSPAN_RAW_PREFIX,
  ATTR_GENSPAN_STACKTRACE,
  CONTENT_ATTRIBUTES,
} from "@genspan/semconv";
import { byName } from "../engine/by-name.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { jsonText } from "../engine/json-text.ts";
import { nameListOf } from "../engine/name-list.ts";
import { objectOf } from "../engine/object-of.ts";

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

  /** Adds values as text. Those that have none are left out. @param names which of them. Default: all. */
  addAll(values: Readonly<Record<string, unknown>>, names: readonly string[] = Object.keys(values)): void {
    const count = this.#names.length;
    for (const name of names) {
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

/**
 * Whether an attribute has no place of its own in free-form metadata: it may be content, which never goes there (also
 * that of producers who number their attributes), or a body or a stack trace that was kept; or the user asked for it
 * under another name, see {@link askedMetadata}.
 */
export function isKeptOutOfMetadata(name: string): boolean {
  return CONTENT.has(name) || KEPT_OUT.some((prefix) => name.startsWith(prefix));
}

const CONTENT: ReadonlySet<string> = new Set(CONTENT_ATTRIBUTES);
const KEPT_OUT: readonly string[] = [
  ATTR_GENSPAN_METADATA_PREFIX,
  ATTR_GENSPAN_STACKTRACE,
  ATTR_GENSPAN_RAW_PREFIX,
  ...CONTENT_ATTRIBUTES.map((name) => `${name}.`),
];

/** Names of attributes of the resource that say who runs the service. */
export function serviceNames({ resource }: GenAISpan): readonly string[] {
  return nameListOf(Object.keys(resource)).where(isOfService);
}

const isOfService = byName((name) => /^(service|deployment)\./.test(name));

/** What the user asked for on a span: `genspan.metadata.<key>` under its key. */
export function askedMetadata(span: GenAISpan): Readonly<Record<string, unknown>> {
  return span.once("metadata.asked", asked);
}

const asked = fieldsBehind(ATTR_GENSPAN_METADATA_PREFIX);

/** Makes the function that gives the attributes of a span whose names begin with `prefix`, under the rest of their names. */
export function fieldsBehind(prefix: string): (span: GenAISpan) => Readonly<Record<string, unknown>> {
  const isBehind = byName((name) => name.startsWith(prefix));
  return ({ attributes, names }) => {
    const found = names.where(isBehind);
    if (found.length === 0) return NONE;
    return objectOf(
      found.map((name) => name.slice(prefix.length)),
      found.map((name) => attributes[name]),
    );
  };
}

const NONE: Readonly<Record<string, never>> = {};
