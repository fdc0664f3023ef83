import { ATTR_GENSPAN_METADATA_PREFIX } from "@genspan/semconv";
import { byName } from "../engine/by-name.ts";
import { jsonText } from "./json-text.ts";

/** Free-form metadata, whose values are texts. */
export type Texts = Record<string, string>;

/**
 * Adds values as text, in order and under the names that `nameOf` has for them; a name that is there already keeps its
 * place and gets the new value. Values that have no text are left out.
 */
export function addTexts(
  to: Texts,
  values: Readonly<Record<string, unknown>>,
  nameOf?: (name: string) => string | undefined,
): void {
  for (const key of Object.keys(values)) {
    const name = nameOf === undefined ? key : nameOf(key);
    if (name === undefined) continue;
    const text = jsonText(values[key]);
    if (text !== undefined) addText(to, name, text);
  }
}

export function addText(to: Texts, name: string, text: string): void {
  if (name !== "__proto__") to[name] = text;
  // An own property: a name must not reach the prototype.
  else Object.defineProperty(to, name, { value: text, enumerable: true, writable: true, configurable: true });
}

/** `undefined` for none. */
export function someTexts(texts: Texts): Texts | undefined {
  for (const _name in texts) return texts;
  return undefined;
}

/** Of the resource: who runs the service. */
export const serviceName: (name: string) => string | undefined = byName((name) =>
  /^(service|deployment)\./.test(name) ? name : undefined,
);

/** What the user asked for: `genspan.metadata.<key>` under its key. */
export const askedName: (name: string) => string | undefined = byName((name) =>
  name.startsWith(ATTR_GENSPAN_METADATA_PREFIX) ? name.slice(ATTR_GENSPAN_METADATA_PREFIX.length) : undefined,
);
