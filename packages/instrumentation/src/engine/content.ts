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
import type { CaptureContent } from "../options.ts";
import { jsonWithin } from "./fit.ts";
import { jsonText } from "./json-text.ts";
import { warnOnce } from "./warnings.ts";

export type { CaptureContent };

/** Ours wins over the one that other instrumentations read. */
const environmentVariables = ["GENSPAN_CAPTURE_CONTENT", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"];

/** The values of Python's util-genai and of js-contrib's genai-util. */
const captureByValue: ReadonlyMap<string, CaptureContent> = new Map([
  ["none", "none"],
  ["no_content", "none"],
  ["false", "none"],
  ["0", "none"],
  ["true", "span"],
  ["1", "span"],
  ["span", "span"],
  ["span_only", "span"],
  ["event", "event"],
  ["event_only", "event"],
  ["both", "both"],
  ["all", "both"],
  ["span_and_event", "both"],
]);

const words = [...captureByValue.keys()].join(", ");

export function defaultCaptureContent(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): CaptureContent {
  const name = environmentVariables.find((one) => environment[one]?.trim());
  if (name === undefined) return "none";
  const capture = parseCaptureContent(environment[name] ?? "");
  if (capture === undefined)
    warnOnce(`${name} is "${environment[name]}"; set it to one of ${words}. Nothing is captured.`);
  return capture ?? "none";
}

/** Where content goes by a word such as `span_only`, `EVENT` or `1`; undefined where the word is not known. */
export function parseCaptureContent(value: string): CaptureContent | undefined {
  return captureByValue.get(value.trim().toLowerCase());
}

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
