import { nonEmpty } from "../../absent.ts";
import { isObject } from "../../message-guards.ts";

/** Casts of single values. `undefined` for what cannot be cast: nothing is made up, and nothing throws. */

export function isStated(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A finite number; text that is one counts. */
export function number(value: unknown): number | undefined {
  const read = typeof value === "string" && value.trim() !== "" && value.length < 40 ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? read : undefined;
}

/** A whole number, as counts are. */
export function integer(value: unknown): number | undefined {
  const read = number(value);
  return read === undefined ? undefined : Math.trunc(read);
}

/** A count of tokens. */
export function count(value: unknown): number | undefined {
  const read = integer(value);
  return read !== undefined && read >= 0 ? read : undefined;
}

/** USD that a producer knows. Producers write 0 where they know no price, so 0 is no cost. */
export function cost(value: unknown): number | undefined {
  const read = number(value);
  return read !== undefined && read > 0 ? read : undefined;
}

/** A non-empty text; numbers, as some producers write ids and versions, are texts as well. */
export function text(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** `true`, or nothing: the conventions set such attributes only where they hold. */
export function onlyTrue(value: unknown): true | null {
  return value === true || value === "true" ? true : null;
}

/** The value of JSON text; any other value as it is. `undefined` for text that is not JSON or was cut. */
export function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const first = value.charCodeAt(0);
  // Plain prose is by far the most frequent text that is not JSON; an exception costs more than a look.
  if (first !== 0x7b && first !== 0x5b && first !== 0x22 && first > 0x39 && !/^(true|false|null)$/.test(value)) {
    return undefined;
  }
  if (value.length > LARGE && isDeep(value)) return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** Texts below it are parsed at once: however deep, they take no time that anybody would notice. */
const LARGE = 65_536;
const DEEPEST = 1000;

/** Whether JSON text nests deeper than any message does: building it takes more memory than its length lets expect. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = endOfString(text, at);
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > DEEPEST) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

/** Index of the quote that ends the JSON string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}

/** JSON text of an object, or an object. */
export function parsedObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const read = parsed(value);
  return isObject(read) ? read : undefined;
}

/** The value of JSON text, else the text itself. */
export function parsedOrText(value: unknown): unknown {
  return parsed(value) ?? value;
}

/** Texts of an array, of JSON text of one, or of texts with commas between them. */
export function texts(value: unknown): readonly string[] | undefined {
  if (typeof value === "string" && value.length > LARGE) return undefined; // no list of reasons or of stop sequences
  const read = typeof value === "string" ? (parsed(value) ?? value.split(",").map((part) => part.trim())) : value;
  const list = Array.isArray(read) ? read : [read];
  const found = list.filter((item): item is string => typeof item === "string" && item !== "");
  return nonEmpty(found);
}

/** Stop sequences: one text is one of them, commas and spaces included; several stand in an array, or in JSON text of one. */
export function sequences(value: unknown): readonly string[] | undefined {
  const read = typeof value === "string" && value.startsWith("[") ? (parsed(value) ?? value) : value;
  const found = (Array.isArray(read) ? read : [read]).filter((one) => typeof one === "string" && one !== "");
  return nonEmpty(found);
}

/** The field of an object, where it is its own. */
export function field(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Sets a field under any name, `__proto__` included. */
export function define(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
