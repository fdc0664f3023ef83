import { define } from "./dialects/reading/values.ts";

/** A copy of a JSON value in which the keys of every object are in the order of their UTF-16 units, as RFC 8785 has them. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>; // an object has fields
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(fields).sort()) define(copy, name, withSortedKeys(fields[name]));
  return copy;
}
