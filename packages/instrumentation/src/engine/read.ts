/** Readers of untrusted values: what is not of the expected type is absent. */

import type { Attributes, AttributeValue } from "@opentelemetry/api";

export type UnknownRecord = Readonly<Record<string, unknown>>;

/** Also of another realm (tests in a `vm` context) and without a prototype, unlike `instanceof Object`. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

export function isPromise(value: unknown): value is Promise<unknown> {
  return isObject(value) && "then" in value && typeof value.then === "function";
}

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const emptyRecord: UnknownRecord = Object.freeze({});

export function record(value: unknown): UnknownRecord {
  return isRecord(value) ? value : emptyRecord;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** No provider has as many choices, outputs or calls in an answer. */
const placesMax = 10_000;

/**
 * The index that a chunk gives itself among choices, outputs or calls, or else `otherwise`. Lists are filled up to it: an
 * absurd one must not cost the application its memory.
 */
export function place(index: unknown, otherwise = 0): number {
  return typeof index === "number" && Number.isInteger(index) && index >= 0 && index < placesMax ? index : otherwise;
}

export function putText(attributes: Attributes, name: string, value: unknown): void {
  if (typeof value === "string" && value !== "") attributes[name] = value;
}

/** A text, or the texts of a list; an empty list says nothing. */
export function putTexts(attributes: Attributes, name: string, value: unknown): void {
  const texts = typeof value === "string" ? [value] : list(value).filter((item) => typeof item === "string");
  if (texts.length > 0) attributes[name] = texts;
}

export function putNumber(attributes: Attributes, name: string, value: unknown): void {
  if (typeof value === "number" && Number.isFinite(value)) attributes[name] = value;
}

/** For attributes that the conventions type as int. */
export function putInteger(attributes: Attributes, name: string, value: unknown): void {
  if (Number.isSafeInteger(value)) attributes[name] = value as number; // an integer is a number
}

/** Of tokens, choices, dimensions: what is no count is no value. */
export function putCount(attributes: Attributes, name: string, value: unknown): void {
  if (typeof value === "number" && value >= 0) putInteger(attributes, name, value);
}

export function put(attributes: Attributes, name: string, value: AttributeValue | undefined): void {
  if (value !== undefined) attributes[name] = value;
}

/** The value of JSON text; the text itself where it is not JSON (a model's arguments may be cut short). */
export function parseJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The global `Response`, or that of another implementation: openai 4 uses node-fetch. */
export function isHttpResponse(value: unknown): boolean {
  return isObject(value) && "headers" in value && "arrayBuffer" in value && typeof value.arrayBuffer === "function";
}
