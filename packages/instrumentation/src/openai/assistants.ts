import type { InputMessage, OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, Failure, InputContent, MethodAdapter } from "../adapter.ts";
import { isRecord, list, putText, record, text, type UnknownRecord } from "../engine/read.ts";
import { chatInput, chatParameters } from "../openai-protocol/chat-request.ts";
import { finishReason } from "../openai-protocol/finish-reason.ts";
import { textInstructions } from "../openai-protocol/text-messages.ts";
import { putUsage } from "../openai-protocol/usage.ts";
import { assistantStream } from "./assistants-stream.ts";
import { itemParts } from "./responses-items.ts";

/**
 * A run of an assistant: an agent that works at the provider's. Unless it streams, the call only begins the run: usage and
 * answer are not known when it returns. https://platform.openai.com/docs/api-reference/runs
 */
const run: Omit<MethodAdapter, "path"> = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  isOptional: true,
  // The span is named after the agent, whose name is not known here.
  model: () => undefined,
  request: runRequest,
  input: runInput,
  response: runResponse,
  output: runOutput,
  failure: runFailure,
  stream: assistantStream,
};

/** `runs.create(thread, body)`. */
export const createRun: MethodAdapter = {
  ...run,
  path: ({ thread_id }) => `/threads/${segment(thread_id)}/runs`,
  body: ([thread, body]) => ({ ...record(body), thread_id: thread }),
};

/** `threads.createAndRun(body)`. */
export const createThreadAndRun: MethodAdapter = { ...run, path: "/threads/runs" };

/** `runs.submitToolOutputs(run, body)`; in openai 4 `(thread, run, body)`. */
export const submitToolOutputs: MethodAdapter = {
  ...run,
  path: ({ thread_id, run_id }) => `/threads/${segment(thread_id)}/runs/${segment(run_id)}/submit_tool_outputs`,
  body: ([first, second, third]) =>
    typeof second === "string"
      ? { ...record(third), thread_id: first, run_id: second }
      : { ...record(second), run_id: first },
};

const segment = (id: unknown): string => encodeURIComponent(text(id) ?? "");

function runRequest(body: Body): Attributes {
  const attributes = chatParameters(body);
  putText(attributes, semconv.ATTR_GEN_AI_AGENT_ID, body["assistant_id"]);
  putText(attributes, semconv.ATTR_GEN_AI_CONVERSATION_ID, body["thread_id"]);
  putText(attributes, semconv.ATTR_GEN_AI_REQUEST_MODEL, body["model"]);
  return attributes;
}

function runInput(body: Body): InputContent {
  const messages = [...list(record(body["thread"])["messages"]), ...list(body["additional_messages"])];
  const outputs = list(body["tool_outputs"]).filter(isRecord).map(toolOutput);
  const { messages: said = [], tools } = chatInput({ messages, tools: body["tools"] });
  const instructions = [body["instructions"], body["additional_instructions"]];
  return { system: instructions.flatMap(textInstructions), messages: [...said, ...outputs], tools };
}

function toolOutput({ tool_call_id, output }: UnknownRecord): InputMessage {
  const id = text(tool_call_id);
  return { role: "tool", parts: [{ type: "tool_call_response", ...(id && { id }), response: output ?? "" }] };
}

function runResponse(value: unknown): Attributes {
  const given = record(value);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, given["id"]);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, given["model"]);
  putText(attributes, semconv.ATTR_GEN_AI_AGENT_ID, given["assistant_id"]);
  putText(attributes, semconv.ATTR_GEN_AI_CONVERSATION_ID, given["thread_id"]);
  const reason = runFinishReason(given);
  if (reason !== undefined) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [reason];
  putUsage(attributes, given["usage"]);
  return attributes;
}

/** A run that is not over has no reason yet. */
function runFinishReason({ status, incomplete_details }: UnknownRecord): string | undefined {
  if (typeof status !== "string" || ["queued", "in_progress", "cancelling"].includes(status)) return undefined;
  if (status === "requires_action") return finishReason("tool_calls");
  return finishReason(status === "incomplete" ? record(incomplete_details)["reason"] : status);
}

/** Also of a run that failed: the call itself succeeded. */
function runFailure(value: unknown): Failure | undefined {
  const { status, last_error } = record(value);
  if (status !== "failed" && status !== "expired") return undefined;
  const { code, message } = record(last_error);
  return {
    type: text(code) ?? (status === "expired" ? status : semconv.ERROR_TYPE_VALUE__OTHER),
    message: text(message),
  };
}

/** What came of the stream, and the tools that the application is to call. */
function runOutput(value: unknown): OutputMessage[] {
  const { output, required_action: action } = record(value);
  const calls = list(record(record(action)["submit_tool_outputs"])["tool_calls"]).filter(isRecord);
  const items = [...list(output).filter(isRecord), ...calls.map(functionCall)];
  return items.length === 0 ? [] : [{ role: "assistant", parts: items.flatMap(itemParts) }];
}

/** As an item of the Responses API. */
function functionCall({ id, function: called }: UnknownRecord): UnknownRecord {
  return { ...record(called), type: "function_call", call_id: id };
}
