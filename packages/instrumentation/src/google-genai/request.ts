import type { InputMessage, SystemInstructions, ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent } from "../adapter.ts";
import { isRecord, list, putCount, putInteger, putNumber, putText, putTexts, record, text } from "../engine/read.ts";
import { putChoiceCount } from "../engine/rules.ts";
import { unknownPart } from "../openai-protocol/unknown-part.ts";
import { contentMessage, contentParts, partsOf } from "./parts.ts";

/** `GenerateContentParameters`: https://googleapis.github.io/js-genai/release_docs/interfaces/types.GenerateContentConfig.html */
export function generateContentRequest(body: Body): Attributes {
  const config = record(body["config"]);
  const attributes: Attributes = {};
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, config["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, config["topP"]);
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_K, config["topK"]);
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, config["seed"]);
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, config["maxOutputTokens"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, config["presencePenalty"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, config["frequencyPenalty"]);
  putChoiceCount(attributes, config["candidateCount"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, config["stopSequences"]);
  const level = text(record(config["thinkingConfig"])["thinkingLevel"]);
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_REASONING_LEVEL, level?.toLowerCase());
  putText(attributes, semconv.ATTR_GEN_AI_OUTPUT_TYPE, outputType(config));
  return attributes;
}

/** Where several modalities are allowed, the one that is not text. */
function outputType(config: Body): string | undefined {
  const modalities = list(config["responseModalities"]).map((modality) => String(modality).toUpperCase());
  if (modalities.includes("IMAGE")) return semconv.GEN_AI_OUTPUT_TYPE_VALUE_IMAGE;
  if (modalities.includes("AUDIO")) return semconv.GEN_AI_OUTPUT_TYPE_VALUE_SPEECH;
  const mimeType = config["responseMimeType"];
  if (mimeType === "application/json") return semconv.GEN_AI_OUTPUT_TYPE_VALUE_JSON;
  return mimeType === "text/plain" || modalities.includes("TEXT") ? semconv.GEN_AI_OUTPUT_TYPE_VALUE_TEXT : undefined;
}

export function generateContentInput(body: Body): InputContent {
  const { systemInstruction, tools } = record(body["config"]);
  return {
    ...(systemInstruction !== undefined && { system: systemInstructions(systemInstruction) }),
    messages: contentMessages(body["contents"]),
    tools: list(tools).flatMap(toolDefinitions),
  };
}

/** Contents; or text and parts, which together are one message of the user. */
function contentMessages(contents: unknown): InputMessage[] {
  const given = Array.isArray(contents) ? contents : [contents];
  if (given.some((item) => isRecord(item) && "parts" in item))
    return given.filter(isRecord).map((it) => contentMessage(it));
  const parts = given.flatMap(partsOf);
  return parts.length === 0 ? [] : [{ role: "user", parts }];
}

/** Text, a part, several of them, or a content. */
function systemInstructions(given: unknown): SystemInstructions {
  const items = Array.isArray(given) ? given : [given];
  const parts = items.flatMap((item) => (isRecord(item) && "parts" in item ? contentParts(item) : partsOf(item)));
  return parts.map((part) => (part.type === "text" ? part : unknownPart({ ...part }, "google")));
}

/** Functions; every other member is a tool that Google runs. */
function toolDefinitions(tool: unknown): ToolDefinition[] {
  if (!isRecord(tool)) return [];
  const found: ToolDefinition[] = [];
  for (const [member, value] of Object.entries(tool)) {
    if (member === "functionDeclarations") found.push(...list(value).filter(isRecord).map(functionTool));
    else if (typeof value === "object" && value !== null) {
      const name = member.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      found.push({ ...(Array.isArray(value) ? { [member]: value } : value), type: name, name });
    }
  }
  return found;
}

function functionTool(declaration: Body): ToolDefinition {
  const description = text(declaration["description"]);
  const parameters = declaration["parametersJsonSchema"] ?? declaration["parameters"];
  return {
    type: "function",
    name: text(declaration["name"]) ?? "",
    ...(description !== undefined && { description }),
    ...(parameters !== undefined && parameters !== null && { parameters }),
  };
}
