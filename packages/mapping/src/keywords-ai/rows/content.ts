import {
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VARIABLE,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GENSPAN_RAW_REQUEST,
  ATTR_GENSPAN_RAW_RESPONSE,
} from "@genspan/semconv";
import { nonEmptyObject } from "../../engine/absent.ts";
import type { GenAISpan } from "../../engine/genai-span.ts";
import { from, fromAttributes, text, unavailable } from "../../engine/readers.ts";
import type { Mapping, MappingInput } from "../../engine/rows.ts";
import { rawRequest, rawResponse } from "../../formats/raw.ts";
import { fieldsBehind } from "../../formats/texts.ts";
import type { ContentFields } from "../fields/content.ts";
import { firstVector, inputOf, outputOf } from "../input-output.ts";
import { isModelCall, logTypeOf } from "../log-type.ts";
import { completionMessages, promptMessages, reasoning, toolCalls } from "../messages.ts";
import type { KeywordsAIOptions } from "../options.ts";

type Input = MappingInput<KeywordsAIOptions>;

/** Messages are of model calls only: those of an agent are in its `input` and `output`. */
function ofModelCall<T>(read: (span: GenAISpan) => T | undefined): (input: Input) => T | undefined {
  return ({ span, options }) => (isModelCall(logTypeOf(span, options)) ? read(span) : undefined);
}

export const contentRows: Mapping<ContentFields, KeywordsAIOptions> = {
  input: from(
    "by `log_type`: system instructions and `gen_ai.input.messages` as JSON; `gen_ai.tool.call.arguments`; " +
      "`gen_ai.retrieval.query.text`; `gen_ai.memory.query.text`; `input` of `genspan.raw.request` for embeddings",
    ({ span, options }) => inputOf(span, logTypeOf(span, options)),
  ),
  output: from(
    "by `log_type`: the first of `gen_ai.output.messages` as JSON; `gen_ai.tool.call.result`; " +
      "`gen_ai.retrieval.documents`; `gen_ai.memory.records`; vectors of `genspan.raw.response` for embeddings",
    ({ span, options }) => outputOf(span, logTypeOf(span, options)),
  ),
  prompt_messages: from(
    "`gen_ai.system_instructions` and `gen_ai.input.messages` as chat messages",
    ofModelCall(promptMessages),
  ),
  completion_message: from(
    "the first of `gen_ai.output.messages` as a chat message",
    ofModelCall((span) => completionMessages(span)?.[0]),
  ),
  completion_messages: from(
    "`gen_ai.output.messages` as chat messages, where there are several",
    ofModelCall((span) => {
      const messages = completionMessages(span);
      return messages !== undefined && messages.length > 1 ? messages : undefined;
    }),
  ),
  full_request: fromAttributes([ATTR_GENSPAN_RAW_REQUEST], "`genspan.raw.request`", ({ span }) => rawRequest(span)),
  full_response: fromAttributes([ATTR_GENSPAN_RAW_RESPONSE], "`genspan.raw.response`", ({ span }) => rawResponse(span)),
  tool_calls: fromAttributes(
    [ATTR_GEN_AI_OUTPUT_MESSAGES],
    "tool calls in `gen_ai.output.messages`",
    ofModelCall(toolCalls),
  ),
  reasoning: fromAttributes(
    [ATTR_GEN_AI_OUTPUT_MESSAGES],
    "reasoning parts in `gen_ai.output.messages`",
    ofModelCall(reasoning),
  ),
  ideal_output: unavailable("is written by a reviewer; a span does not know what would have been right"),
  variables: from("`gen_ai.prompt.variable.<key>`", ({ span }) => nonEmptyObject(variablesOf(span))),
  prompt: unavailable("names a prompt that the vendor's gateway fills in before the call; a span sees the call"),
  prompt_id: unavailable("the vendor's own id of a stored prompt; the span's name for it is in `prompt_name`"),
  prompt_name: text(ATTR_GEN_AI_PROMPT_NAME),
  is_custom_prompt: unavailable("says how `prompt_id` is to be read, which is not sent"),
  response_id: text(ATTR_GEN_AI_RESPONSE_ID),
  messages: unavailable("the request's name of `prompt_messages`, which is sent"),
  embedding: fromAttributes(
    [ATTR_GENSPAN_RAW_RESPONSE],
    "first vector of `genspan.raw.response`",
    ({ span, options }) => (logTypeOf(span, options) === "embedding" ? firstVector(span) : undefined),
  ),
  audio_input_file: unavailable("the conventions have no URL of an audio file"),
  audio_output_file: unavailable("the conventions have no URL of an audio file"),
};

const variablesOf = fieldsBehind(`${ATTR_GEN_AI_PROMPT_VARIABLE}.`);
