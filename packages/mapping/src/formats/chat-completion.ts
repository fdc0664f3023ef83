import {
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY,
  ATTR_GEN_AI_REQUEST_SEED,
  ATTR_GEN_AI_REQUEST_STOP_SEQUENCES,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_REQUEST_TOP_P,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT,
} from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import type { Writable } from "../engine/writable.ts";
import { type ChatMessage, toChatMessages } from "./chat-message.ts";
import { hrTimeToSeconds } from "./time.ts";

/** Request and response bodies of OpenAI's Chat Completions API, rebuilt from a span of any provider. */

export interface ChatCompletionRequest {
  readonly model?: string;
  readonly messages: readonly ChatMessage[];
  readonly temperature?: number;
  readonly top_p?: number;
  readonly max_tokens?: number;
  readonly stop?: readonly string[];
  readonly frequency_penalty?: number;
  readonly presence_penalty?: number;
  readonly seed?: number;
  readonly n?: number;
  readonly stream?: boolean;
  readonly tools?: readonly ChatTool[];
  readonly response_format?: { readonly type: "json_object" };
}

export interface ChatTool {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: unknown;
  };
}

export interface ChatCompletionResponse {
  readonly id: string;
  readonly object: "chat.completion";
  /** Unix seconds. */
  readonly created: number;
  readonly model: string;
  readonly choices: readonly ChatChoice[];
  readonly usage?: ChatUsage;
  readonly system_fingerprint?: string;
}

export interface ChatChoice {
  readonly index: number;
  readonly finish_reason: ChatFinishReason;
  readonly logprobs: null;
  readonly message: ChatMessage;
}

export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

export type ChatFinishReason = "stop" | "length" | "tool_calls" | "content_filter";

/** System instructions and input messages in the order that the model read them. Empty without captured content. */
export function chatMessages(span: GenAISpan): readonly ChatMessage[] {
  return span.once("chat.messages", messagesOf);
}

function messagesOf({ systemInstructions: system, inputMessages: messages = [] }: GenAISpan): readonly ChatMessage[] {
  return toChatMessages(system?.length ? [{ role: "system", parts: system }, ...messages] : messages);
}

/** The model's messages, one for each choice. Empty without captured content. */
export function chatOutputMessages(span: GenAISpan): readonly ChatMessage[] {
  return span.once("chat.output", ({ outputMessages = [] }) => toChatMessages(outputMessages));
}

/** Tool definitions in the nested form of the Chat Completions API. */
export function chatTools(span: GenAISpan): readonly ChatTool[] | undefined {
  return span.once("chat.tools", ({ toolDefinitions }) =>
    toolDefinitions?.map(({ name, description, ...rest }) => ({
      type: "function",
      function: {
        name,
        ...(typeof description === "string" && { description }),
        ...("parameters" in rest && rest.parameters != null && { parameters: rest.parameters }),
      },
    })),
  );
}

export function chatRequest(span: GenAISpan): ChatCompletionRequest {
  return span.once("chat.request", rebuiltRequest);
}

/** Field by field: this is made for every span, and a copy without what is `undefined` takes three times as long. */
function rebuiltRequest(span: GenAISpan): ChatCompletionRequest {
  const model = span.text(ATTR_GEN_AI_REQUEST_MODEL);
  const messages = chatMessages(span);
  const request: Writable<ChatCompletionRequest> = model === undefined ? { messages } : { model, messages };
  const temperature = span.number(ATTR_GEN_AI_REQUEST_TEMPERATURE);
  if (temperature !== undefined) request.temperature = temperature;
  const topP = span.number(ATTR_GEN_AI_REQUEST_TOP_P);
  if (topP !== undefined) request.top_p = topP;
  const maxTokens = span.number(ATTR_GEN_AI_REQUEST_MAX_TOKENS);
  if (maxTokens !== undefined) request.max_tokens = maxTokens;
  const stop = span.texts(ATTR_GEN_AI_REQUEST_STOP_SEQUENCES);
  if (stop !== undefined) request.stop = stop;
  const frequencyPenalty = span.number(ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY);
  if (frequencyPenalty !== undefined) request.frequency_penalty = frequencyPenalty;
  const presencePenalty = span.number(ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY);
  if (presencePenalty !== undefined) request.presence_penalty = presencePenalty;
  const seed = span.number(ATTR_GEN_AI_REQUEST_SEED);
  if (seed !== undefined) request.seed = seed;
  const choices = span.number(ATTR_GEN_AI_REQUEST_CHOICE_COUNT);
  if (choices !== undefined) request.n = choices;
  const stream = span.boolean(ATTR_GEN_AI_REQUEST_STREAM);
  if (stream !== undefined) request.stream = stream;
  const tools = chatTools(span);
  if (tools !== undefined) request.tools = tools;
  if (span.text(ATTR_GEN_AI_OUTPUT_TYPE) === "json") request.response_format = { type: "json_object" };
  return request;
}

/**
 * The response, or `undefined` where the call failed before there was one. Without captured content the choices
 * carry their finish reasons and empty messages.
 */
export function chatResponse(span: GenAISpan): ChatCompletionResponse | undefined {
  return span.once("chat.response", rebuiltResponse);
}

function rebuiltResponse(span: GenAISpan): ChatCompletionResponse | undefined {
  const id = span.text(ATTR_GEN_AI_RESPONSE_ID);
  const messages = chatOutputMessages(span);
  if (id === undefined && messages.length === 0 && !isAnswered(span)) return undefined;
  const response: Writable<ChatCompletionResponse> = {
    id: id ?? span.spanId,
    object: "chat.completion",
    created: hrTimeToSeconds(span.endTime),
    model: span.model ?? "",
    choices: choicesOf(span, messages),
  };
  const usage = chatUsage(span);
  if (usage !== undefined) response.usage = usage;
  const fingerprint = span.text(ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT);
  if (fingerprint !== undefined) response.system_fingerprint = fingerprint;
  return response;
}

/** Whether a span without the response's id and content says something of a response: not every producer records those. */
function isAnswered(span: GenAISpan): boolean {
  return span.text(ATTR_GEN_AI_RESPONSE_MODEL) !== undefined || span.usage.output !== undefined;
}

const EMPTY_ANSWER: ChatMessage = { role: "assistant", content: "" };

function choicesOf(span: GenAISpan, messages: readonly ChatMessage[]): readonly ChatChoice[] {
  const reasons = span.finishReasons;
  const choices: ChatChoice[] = [];
  for (let index = 0; index < Math.max(messages.length, reasons.length); index++) {
    const reason = reasons[index] ?? span.outputMessages?.[index]?.finish_reason ?? undefined;
    const message = messages[index] ?? EMPTY_ANSWER;
    choices.push({ index, finish_reason: chatFinishReason(reason), logprobs: null, message });
  }
  return choices;
}

export function chatUsage(span: GenAISpan): ChatUsage | undefined {
  const { input, output, total } = span.usage;
  if (total === undefined) return undefined;
  return {
    prompt_tokens: input ?? 0,
    completion_tokens: output ?? 0,
    total_tokens: total,
  };
}

const FINISH_REASONS: ReadonlyMap<string, ChatFinishReason> = new Map([
  ["stop", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["tool_call", "tool_calls"],
  ["tool_calls", "tool_calls"],
  ["tool_use", "tool_calls"],
  ["function_call", "tool_calls"],
  ["content_filter", "content_filter"],
]);

/** The API's own words for a finish reason; reasons that it does not know are `stop`. */
export function chatFinishReason(reason: string | undefined): ChatFinishReason {
  return FINISH_REASONS.get(reason ?? "stop") ?? "stop";
}
