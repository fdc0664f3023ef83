import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  type OutputMessage,
  type ToolDefinition,
} from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { InputContent } from "../adapter.ts";
import { jsonWithin } from "./fit.ts";
import { jsonText } from "./json-text.ts";

/** Content as the conventions name it; values are still structured, as they are in events. */
export type ContentAttributes = Readonly<Record<string, unknown>>;

export function inputContent(input: InputContent): ContentAttributes {
  const content: Record<string, unknown> = {};
  if (input.system !== undefined && input.system.length > 0) content[ATTR_GEN_AI_SYSTEM_INSTRUCTIONS] = input.system;
  if (input.messages !== undefined && input.messages.length > 0) content[ATTR_GEN_AI_INPUT_MESSAGES] = input.messages;
  if (input.tools !== undefined && input.tools.length > 0) {
    content[ATTR_GEN_AI_TOOL_DEFINITIONS] = input.tools.map(withTextDescription);
  }
  return content;
}

/** Of tools that adapters pass on field by field: a description is a text, or the definition is not one that readers take. */
function withTextDescription(tool: ToolDefinition): ToolDefinition {
  const { description, ...others } = tool as ToolDefinition & { readonly description?: unknown };
  return description === undefined || typeof description === "string"
    ? tool
    : { ...others, description: jsonText(description) };
}

export function outputContent(messages: readonly OutputMessage[]): ContentAttributes {
  return messages.length > 0 ? { [ATTR_GEN_AI_OUTPUT_MESSAGES]: messages } : {};
}

/**
 * As span attributes: JSON text, since SDK 1 and 2 drop structured values without a word; with its texts shortened where
 * it would be over the limit, or not at all.
 */
export function asJsonText(content: ContentAttributes, maxLength: number): Attributes {
  const attributes: Attributes = {};
  for (const name in content) {
    const json = jsonWithin(content[name], maxLength);
    if (json !== undefined) attributes[name] = json;
  }
  return attributes;
}
