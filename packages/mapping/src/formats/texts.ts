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
    const at = this.#names.indexOf(name);
    if (at >= 0) this.#values[at] = text;
    else {
      this.#names.push(name);
      this.#values.push(text);
    }
  }

  /** Adds values as text under the names that `nameOf` has for them. Those that have no text are left out. */
  addAll(values: Readonly<Record<string, unknown>>, nameOf?: (name: string) => string | undefined): void {
    for (const key of Object.keys(values)) {
      const name = nameOf === undefined ? key : nameOf(key);
      if (name === undefined) continue;
      const text = jsonText(values[key]);
      if (text !== undefined) this.add(name, text);
    }
  }

  /** `undefined` for none. */
  toObject(): Readonly<Record<string, string>> | undefined {
    // The values are texts.
    return this.#names.length === 0 ? undefined : (objectOf(this.#names, this.#values) as Record<string, string>);
  }
}

/** Of the resource: who runs the service. */
export const serviceName: (name: string) => string | undefined = byName((name) =>
  /^(service|deployment)\./.test(name) ? name : undefined,
);

/** What the user asked for on a span: `genspan.metadata.<key>` under its key. */
export function askedMetadata(span: GenAISpan): Readonly<Record<string, unknown>> {
  return span.once("metadata.asked", () => {
    const names = Object.keys(span.attributes).filter((name) => name.startsWith(ATTR_GENSPAN_METADATA_PREFIX));
    const keys = names.map((name) => name.slice(ATTR_GENSPAN_METADATA_PREFIX.length));
    return objectOf(
      keys,
      names.map((name) => span.attributes[name]),
    );
  });
}
