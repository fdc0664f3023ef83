import type { InputMessage, MessagePart } from "@genspan/semconv";
import { isObject } from "../engine/message-guards.ts";
import { fromChatMessages } from "./from-chat.ts";

/** Inputs and outputs that may be text, messages, or any JSON. */

/** Messages of a text, or of chat messages; undefined for everything else. */
export function messagesOf(value: unknown, role: "user" | "assistant"): readonly InputMessage[] | undefined {
  if (typeof value === "string") return [{ role, parts: [{ type: "text", content: value }] }];
  const list = Array.isArray(value) ? value : [value];
  const areMessages = list.length > 0 && list.every((item) => isObject(item) && typeof item["role"] === "string");
  return areMessages ? fromChatMessages(list) : undefined;
}

/** JSON text for an attribute of content: text that is no JSON stands for itself. */
export function contentText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") return JSON.stringify(value);
  return parses(value) ? JSON.stringify(value) : value;
}

/** What a text stands for, or the text. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The first message with these parts before its own. */
export function withParts(messages: readonly InputMessage[], parts: readonly MessagePart[]): readonly InputMessage[] {
  if (parts.length === 0) return messages;
  const [first = { role: "assistant", parts: [] }, ...others] = messages;
  return [{ ...first, parts: [...parts, ...first.parts] }, ...others];
}

export function jsonOrAbsent(list: readonly unknown[] | undefined): string | undefined {
  return list === undefined || list.length === 0 ? undefined : JSON.stringify(list);
}
