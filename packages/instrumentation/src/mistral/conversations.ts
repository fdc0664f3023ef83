import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, Failure, InputContent, MethodAdapter } from "../adapter.ts";
import { isRecord, list, putCount, putText, record, text } from "../engine/read.ts";
import { streamed } from "../engine/streamed.ts";
import { promptMessages, textInstructions } from "../openai-protocol/text-messages.ts";
import { chatInput } from "./chat.ts";
import { entryMessages, entryOutput } from "./conversation-entries.ts";
import { conversationStream } from "./conversation-stream.ts";
import { parameters } from "./parameters.ts";
import { putUsage } from "./usage.ts";

/**
 * Conversations that Mistral keeps (https://docs.mistral.ai/api/endpoint/beta/conversations): each call appends what is
 * said and what the model, or an agent, answers. Which of the two goes on in a conversation is only told where it begins.
 */
const chat: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  isOptional: true,
  path: "/v1/conversations",
  request: conversationRequest,
  input: conversationInput,
  response: conversationResponse,
  output: conversationOutput,
  failure: conversationFailure,
};

const agent: MethodAdapter = {
  ...chat,
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  // The span is named after the agent, whose name is not known here.
  model: () => undefined,
};

const start: MethodAdapter = { ...chat, select: ([body]) => (text(record(body)["agentId"]) ? agent : chat) };

/** `append({ conversationId, conversationAppendRequest })`: what is asked for is within. */
const goOn = (verb: "Append" | "Restart", isStream: boolean): MethodAdapter => ({
  ...chat,
  path: ({ conversationId }) => {
    const conversation = `/v1/conversations/${encodeURIComponent(text(conversationId) ?? "")}`;
    return verb === "Append" ? conversation : `${conversation}/restart`;
  },
  body: ([request]) => {
    const { conversationId, ...within } = record(request);
    return { ...record(within[`conversation${verb}${isStream ? "Stream" : ""}Request`]), conversationId };
  },
});

export const conversations: Readonly<Record<string, MethodAdapter>> = {
  "Beta.Conversations.start": start,
  "Beta.Conversations.append": goOn("Append", false),
  "Beta.Conversations.restart": goOn("Restart", false),
  "Beta.Conversations.startStream": {
    ...streamed(chat, conversationStream),
    select: (args) => streamed(start.select?.(args) ?? chat, conversationStream),
  },
  "Beta.Conversations.appendStream": streamed(goOn("Append", true), conversationStream),
  "Beta.Conversations.restartStream": streamed(goOn("Restart", true), conversationStream),
};

/** Parameters are in `completionArgs`. */
function conversationRequest(body: Body): Attributes {
  const attributes = parameters({ ...record(body["completionArgs"]), agentId: body["agentId"] });
  putText(attributes, semconv.ATTR_GEN_AI_CONVERSATION_ID, body["conversationId"]);
  return attributes;
}

function conversationInput(body: Body): InputContent {
  const { inputs } = body;
  return {
    system: textInstructions(body["instructions"]),
    messages: typeof inputs === "string" ? promptMessages(inputs) : entryMessages(list(inputs)),
    tools: chatInput({ tools: body["tools"] }).tools,
  };
}

/**
 * The answer has no id and no finish reason of its own. Tokens of connectors, such as the pages of a web search, are read by
 * the model, and are not among the prompt's: the total is the sum of all three.
 */
function conversationResponse(response: unknown): Attributes {
  const { conversationId, outputs, usage } = record(response);
  const { promptTokens, connectorTokens, ...tokens } = record(usage);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_CONVERSATION_ID, conversationId);
  const models = list(outputs).map((entry) => text(record(entry)["model"]));
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, models.findLast(Boolean));
  putUsage(attributes, { ...tokens, promptTokens });
  if (typeof promptTokens === "number" && typeof connectorTokens === "number") {
    putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, promptTokens + connectorTokens);
  }
  return attributes;
}

function conversationOutput(response: unknown): OutputMessage[] {
  return [{ role: "assistant", parts: entryOutput(record(response)["outputs"]) }];
}

/** A stream tells of it in an event. */
function conversationFailure(response: unknown): Failure | undefined {
  const { error } = record(response);
  if (!isRecord(error)) return undefined;
  const { code, message } = error;
  return { type: typeof code === "number" ? String(code) : semconv.ERROR_TYPE_VALUE__OTHER, message: text(message) };
}
