import {
  ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  ATTR_GEN_AI_REQUEST_ENCODING_FORMATS,
  ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY,
  ATTR_GEN_AI_REQUEST_REASONING_LEVEL,
  ATTR_GEN_AI_REQUEST_STOP_SEQUENCES,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_REQUEST_TOP_P,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_GENSPAN_RAW_REQUEST,
} from "@genspan/semconv";
import { isObject } from "../../engine/message-guards.ts";
import { boolean, from, fromAttributes, number, text, texts, unavailable } from "../../engine/readers.ts";
import type { FilledRow, Mapping } from "../../engine/rows.ts";
import { rawRequestField } from "../../formats/raw.ts";
import type { ModelFields, ToolChoice } from "../fields/model.ts";
import type { JsonObject } from "../fields/shape.ts";
import { tools } from "../messages.ts";
import type { KeywordsAIOptions } from "../options.ts";

export const modelRows: Mapping<ModelFields, KeywordsAIOptions> = {
  model: from(
    '`gen_ai.response.model`, else `gen_ai.request.model`; `""` where no model was called, as the field is required',
    ({ span }) => span.model ?? "",
  ),
  provider_id: text(ATTR_GEN_AI_PROVIDER_NAME),
  temperature: number(ATTR_GEN_AI_REQUEST_TEMPERATURE),
  top_p: number(ATTR_GEN_AI_REQUEST_TOP_P),
  max_tokens: number(ATTR_GEN_AI_REQUEST_MAX_TOKENS),
  max_completion_tokens: parameter("max_completion_tokens", isNumber),
  frequency_penalty: number(ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY),
  presence_penalty: number(ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY),
  n: number(ATTR_GEN_AI_REQUEST_CHOICE_COUNT),
  stop: texts(ATTR_GEN_AI_REQUEST_STOP_SEQUENCES),
  stream: boolean(ATTR_GEN_AI_REQUEST_STREAM),
  stream_options: parameter("stream_options", isJsonObject),
  tools: fromAttributes([ATTR_GEN_AI_TOOL_DEFINITIONS], "`gen_ai.tool.definitions`", ({ span }) => tools(span)),
  tool_choice: parameter("tool_choice", isToolChoice),
  parallel_tool_calls: parameter("parallel_tool_calls", isBoolean),
  response_format: fromAttributes(
    [ATTR_GENSPAN_RAW_REQUEST, ATTR_GEN_AI_OUTPUT_TYPE],
    "field `response_format` of `genspan.raw.request`, else `json_object` where `gen_ai.output.type` is `json`",
    ({ span }): JsonObject | undefined => {
      const given = rawRequestField(span, "response_format");
      if (isJsonObject(given)) return given;
      return span.text(ATTR_GEN_AI_OUTPUT_TYPE) === "json" ? { type: "json_object" } : undefined;
    },
  ),
  reasoning_effort: text(ATTR_GEN_AI_REQUEST_REASONING_LEVEL),
  logprobs: parameter("logprobs", isBoolean),
  top_logprobs: parameter("top_logprobs", isNumber),
  logit_bias: parameter("logit_bias", isNumberMap),
  echo: parameter("echo", isBoolean),
  timeout: unavailable("an option of the client library, which is no part of the request"),
  encoding_format: fromAttributes(
    [ATTR_GEN_AI_REQUEST_ENCODING_FORMATS],
    "first of `gen_ai.request.encoding_formats`",
    ({ span }) => span.texts(ATTR_GEN_AI_REQUEST_ENCODING_FORMATS)?.find((format) => format !== ""),
  ),
  dimensions: number(ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT),
  user: parameter("user", isText),
};

/** A parameter that the conventions have no attribute for, from the raw request where that was captured. */
function parameter<T>(name: string, is: (value: unknown) => value is T): FilledRow<T, unknown> {
  return fromAttributes([ATTR_GENSPAN_RAW_REQUEST], `field \`${name}\` of \`genspan.raw.request\``, ({ span }) => {
    const value = rawRequestField(span, name);
    return is(value) ? value : undefined;
  });
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value);
}

function isNumberMap(value: unknown): value is Readonly<Record<string, number>> {
  return isObject(value) && Object.values(value).every(isNumber);
}

function isToolChoice(value: unknown): value is ToolChoice {
  if (value === "none" || value === "auto" || value === "required") return true;
  if (!isObject(value) || typeof value["type"] !== "string") return false;
  const named = value["function"];
  return named === undefined || (isObject(named) && typeof named["name"] === "string");
}
