import type { SystemInstructions, ToolDefinition } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, InputContent } from "../adapter.ts";
import { isRecord, list, putCount, putInteger, putNumber, putText, putTexts, record, text } from "../engine/read.ts";
import { converseMessage, converseParts } from "./converse-messages.ts";

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export function converseRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  const config = record(body["inferenceConfig"]);
  // What a model takes beyond the common parameters is in the model's own words: Anthropic's, Nova's, Cohere's.
  const additional = record(body["additionalModelRequestFields"]);
  const additionalConfig = record(additional["inferenceConfig"]);
  // Nova's bodies have the older name beside it.
  const maxTokens = config["maxTokens"] ?? config["max_new_tokens"];
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, maxTokens);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, config["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, config["topP"]);
  const topK =
    config["topK"] ?? additional["top_k"] ?? additional["topK"] ?? additionalConfig["topK"] ?? additional["k"];
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_K, topK);
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, additional["seed"]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, config["stopSequences"]);
  putReasoningLevel(attributes, body, additional);
  if (record(record(body["outputConfig"])["textFormat"])["type"] === "json_schema") {
    attributes[semconv.ATTR_GEN_AI_OUTPUT_TYPE] = semconv.GEN_AI_OUTPUT_TYPE_VALUE_JSON;
  }
  putText(attributes, semconv.ATTR_AWS_BEDROCK_GUARDRAIL_ID, record(body["guardrailConfig"])["guardrailIdentifier"]);
  return attributes;
}

/** `outputConfig.effort` of Converse, `output_config.effort` of Anthropic, `reasoningConfig` of Nova 2, OpenAI's own. */
function putReasoningLevel(attributes: Attributes, body: Body, additional: Body): void {
  const level =
    record(body["outputConfig"])["effort"] ??
    record(additional["output_config"])["effort"] ??
    record(additional["reasoningConfig"])["maxReasoningEffort"] ??
    additional["reasoning_effort"];
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_REASONING_LEVEL, level);
}

export function converseInput(body: Body): InputContent {
  return {
    system: converseParts(body["system"]) as SystemInstructions, // texts and generic parts, which instructions may be
    messages: list(body["messages"]).filter(isRecord).map(converseMessage),
    tools: list(record(body["toolConfig"])["tools"]).filter(isRecord).flatMap(converseTool),
  };
}

/** A member of `Tool`: one of the application, one of Bedrock's, or a cache point, which is none. */
function converseTool(tool: Body): ToolDefinition[] {
  const { toolSpec, systemTool } = tool;
  if (isRecord(systemTool)) return [{ ...systemTool, type: "system_tool", name: text(systemTool["name"]) ?? "" }];
  if (!isRecord(toolSpec)) return [];
  const { name, description, inputSchema } = toolSpec;
  const parameters = record(inputSchema)["json"];
  return [
    {
      type: "function",
      name: text(name) ?? "",
      ...(typeof description === "string" && { description }),
      ...(parameters !== undefined && { parameters }),
    },
  ];
}
