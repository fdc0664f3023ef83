import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
  ATTR_GEN_AI_REQUEST_ENCODING_FORMATS,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GENSPAN_RAW_REQUEST,
  ATTR_GENSPAN_RAW_RESPONSE,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from "@genspan/semconv";
import { defined } from "../engine/absent.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { chatRequest, chatResponse, chatUsage } from "../formats/chat-completion.ts";
import { rawRequest, rawResponse } from "../formats/raw.ts";
import { asJson } from "./as-json.ts";
import { isStreamed, streamedResponse } from "./streamed.ts";

/**
 * The record wants bodies as they are. Where the instrumentation kept them they are just that; otherwise they are
 * rebuilt in the form of OpenAI's API. Without captured content a rebuilt body has no messages rather than empty ones.
 */

export function requestOf(span: GenAISpan): unknown {
  return span.once("noveum.request", bodyOfRequest);
}

function bodyOfRequest(span: GenAISpan): unknown {
  return asJson(span, ATTR_GENSPAN_RAW_REQUEST, rawRequest(span)) ?? rebuiltRequest(span);
}

/** `undefined` where the call failed and nothing says how. */
export function responseOf(span: GenAISpan): unknown {
  return span.once("noveum.response", bodyOfResponse);
}

function bodyOfResponse(span: GenAISpan): unknown {
  const error = errorBody(span);
  if (!isStreamed(span))
    return asJson(span, ATTR_GENSPAN_RAW_RESPONSE, rawResponse(span)) ?? error ?? rebuiltResponse(span);
  const streamed = streamedResponse(span);
  return streamed === undefined ? error : { ...streamed, ...error };
}

function rebuiltRequest(span: GenAISpan): unknown {
  if (span.operation === GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS) {
    return defined({
      model: span.text(ATTR_GEN_AI_REQUEST_MODEL),
      encoding_format: span.texts(ATTR_GEN_AI_REQUEST_ENCODING_FORMATS)?.[0],
      dimensions: span.number(ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT),
    });
  }
  const request = chatRequest(span);
  const { length } = request.messages;
  const isPrompt = span.operation === GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION && length === 1;
  if (length > 0 && !isPrompt) return request;
  const { messages, ...parameters } = request;
  return isPrompt ? { ...parameters, prompt: messages[0]?.content } : parameters;
}

function rebuiltResponse(span: GenAISpan): unknown {
  if (span.operation === GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS) return embeddingsResponse(span);
  const response = chatResponse(span);
  if (response === undefined) return undefined;
  const said = (span.outputMessages ?? []).length > 0;
  const isCompletion = span.operation === GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION;
  if (said && !isCompletion) return response;
  return {
    ...response,
    ...(isCompletion && { object: "text_completion" }),
    choices: response.choices.map(({ message, ...choice }) => {
      if (!said) return choice;
      return isCompletion ? { ...choice, text: message.content ?? "" } : { ...choice, message };
    }),
  };
}

/** A span does not carry vectors. */
function embeddingsResponse(span: GenAISpan): unknown {
  const usage = chatUsage(span);
  if (span.model === undefined && usage === undefined) return undefined;
  return defined({
    object: "list",
    model: span.model,
    usage: usage && { prompt_tokens: usage.prompt_tokens, total_tokens: usage.total_tokens },
  });
}

/** What the provider answered to a failed call, as far as the span tells. */
function errorBody(span: GenAISpan): object | undefined {
  const message = span.statusMessage;
  if (!span.failed || message === undefined) return undefined;
  return { error: defined({ message, type: span.text(ATTR_ERROR_TYPE) }) };
}
