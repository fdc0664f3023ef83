import * as semconv from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import { messagesOf } from "../reading/messages.ts";
import { field, parsed } from "../reading/values.ts";

type Json = Readonly<Record<string, unknown>>;

/** The whole conversation of an agent: the last word is its answer. */
export function allMessages(value: unknown): Json | undefined {
  const list = parsed(value);
  return Array.isArray(list) ? inAndOut(list, list.length - 1) : undefined;
}

/** Bodies of the conventions' events up to 1.36; `gen_ai.choice` is what the model said. */
export function eventMessages(value: unknown): Json | undefined {
  const list = parsed(value);
  if (
    !Array.isArray(list) ||
    !list.every((event) => typeof field(event, "event.name") === "string" || "role" in Object(event))
  ) {
    return undefined;
  }
  const messages = list.map(messageOfEvent);
  // What the model made in one turn of the Responses API comes as several events.
  const answer = messages.findLastIndex((message) => !isAssistants(message)) + 1;
  return inAndOut(messages, field(list.at(-1), "event.name") === "gen_ai.choice" ? messages.length - 1 : answer);
}

/** Items that Logfire knows no event for stand beside a text that says so. */
function messageOfEvent(event: unknown): unknown {
  if (!isObject(event)) return event;
  const { message, data, role, id, ...rest } = event;
  if (event["event.name"] === "gen_ai.unknown" && isObject(data)) return data;
  if (isObject(message)) return message;
  return role === "tool" ? { tool_call_id: id, ...rest, role } : event;
}

function isAssistants(message: unknown): boolean {
  if (field(message, "role") === "assistant") return true;
  const type = field(message, "type");
  return field(message, "role") === undefined && typeof type === "string" && !type.endsWith("_output");
}

/** Splits a conversation before the answer, which must be the model's. */
function inAndOut(list: readonly unknown[], answer: number): Json {
  const said = list.slice(answer);
  const answered = said.length > 0 && said.every(isAssistants);
  return {
    [semconv.ATTR_GEN_AI_INPUT_MESSAGES]: messagesOf(answered ? list.slice(0, answer) : list, "user"),
    [semconv.ATTR_GEN_AI_OUTPUT_MESSAGES]: answered ? messagesOf(said, "assistant") : undefined,
  };
}

export function finalResult(value: unknown): unknown {
  const content = typeof value === "string" ? value : undefined;
  return content ? [{ role: "assistant", parts: [{ type: "text", content }] }] : undefined;
}
