import type { GenAISpan } from "../engine/genai-span.ts";
import { json } from "../engine/json-text.ts";

/**
 * What was read from an attribute, as JSON has it. Text that was parsed is; but SDK 3 keeps structured attributes, in
 * which there may be what JSON cannot hold.
 */
export function asJson(span: GenAISpan, name: string, value: unknown): unknown {
  if (value === undefined || typeof span.attributes[name] === "string") return value;
  const text = json(value);
  return text === undefined ? undefined : JSON.parse(text);
}
