import * as semconv from "@genspan/semconv";
import { json } from "../../json-text.ts";
import { isObject } from "../../message-guards.ts";
import type { Draft } from "./draft.ts";

/** Attributes that are structured in the conventions and JSON text on a span, whose attributes hold no objects. */
const STRUCTURED: ReadonlySet<string> = new Set([
  semconv.ATTR_GEN_AI_INPUT_MESSAGES,
  semconv.ATTR_GEN_AI_OUTPUT_MESSAGES,
  semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  semconv.ATTR_GEN_AI_TOOL_DEFINITIONS,
  semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  semconv.ATTR_GEN_AI_TOOL_CALL_RESULT,
  semconv.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
]);

/**
 * Sets what a row has read: one attribute, or one for each field of the object where the row names several.
 * `setAbsent` for what stays on the span.
 */
export function setFound(
  draft: Draft,
  to: string | readonly string[],
  read: unknown,
  how: "set" | "setAbsent" = "set",
): void {
  if (typeof to === "string") {
    draft[how](to, attributeValue(to, read));
  } else if (isObject(read)) {
    for (const name of Object.keys(read)) draft[how](name, attributeValue(name, read[name]));
  }
}

/**
 * The value as a span holds it.
 * @throws {TypeError} for what cannot be JSON, such as a value that is nested too deeply.
 */
export function attributeValue(name: string, value: unknown): unknown {
  if (!STRUCTURED.has(name) || typeof value === "string" || value === undefined || value === null) return value;
  const text = json(value);
  if (text === undefined) throw new TypeError(`${name} cannot be written as JSON`);
  return text;
}
