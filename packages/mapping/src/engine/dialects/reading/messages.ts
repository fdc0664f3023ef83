import type { InputMessage, MessagePart } from "@genspan/semconv";
import { nonEmpty } from "../../absent.ts";
import { isObject } from "../../message-guards.ts";
import { partsOf, readToolCall, readToolResponse } from "./parts.ts";
import { isServerTool } from "./server-tools.ts";
import { parsed, text } from "./values.ts";

/** Messages of any API or producer as the conventions have them. */

type Json = Readonly<Record<string, unknown>>;

/** Who speaks where a message does not say it. */
export type Speaker = "user" | "assistant";

/** What the conventions call the speakers of other producers. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ["developer", "system"],
  ["model", "assistant"],
  ["ai", "assistant"],
  ["human", "user"],
  ["function", "tool"],
]);

const SPEAKERS: ReadonlySet<string> = new Set(["system", "user", "assistant", "tool"]);

/** Keys under which bodies and states hold their messages. */
const LISTS: readonly string[] = [
  "messages",
  "input",
  "contents",
  "choices",
  "candidates",
  "generations",
  "output",
  "outputs",
];

/**
 * Messages of a value, or of JSON text of one: a list of messages, a body that holds one, a single message, or what
 * `speaker` said. `undefined` where there is nothing in it.
 */
export function messagesOf(value: unknown, speaker: Speaker): readonly InputMessage[] | undefined {
  const read = typeof value === "string" ? (structured(value) ?? value) : value;
  const messages = merged(listed(read, speaker, 0));
  return nonEmpty(messages);
}

/** JSON text of something that can hold messages. */
function structured(value: string): unknown {
  const read = parsed(value);
  return typeof read === "string" || (typeof read === "object" && read !== null) ? read : undefined;
}

interface Placed extends InputMessage {
  /** Came as an item without a role: a part of what the model made in one turn. */
  readonly item: boolean;
}

function listed(value: unknown, speaker: Speaker, depth: number): Placed[] {
  if (typeof value === "string") return value === "" ? [] : [said(speaker, partsOf(value))];
  if (Array.isArray(value)) {
    // LangChain nests its messages by prompt; deeper than that nobody goes.
    if (value.some((one) => isObject(one) && "type" in one && !("role" in one)) && value.every(isPart)) {
      return [said(speaker, partsOf(value))];
    }
    return depth > 2 ? [] : value.flatMap((one) => listed(one, speaker, depth + 1));
  }
  if (!isObject(value) || depth > 3) return [];
  return messageOf(value, speaker) ?? within(value, speaker, depth);
}

/** Parts of one message rather than messages: types that only parts have. */
function isPart(value: unknown): boolean {
  return isObject(value) && !("role" in value) && PART_TYPES.has(String(value["type"]));
}

const PART_TYPES: ReadonlySet<string> = new Set([
  "text",
  "input_text",
  "output_text",
  "image_url",
  "input_image",
  "tool_use",
]);

function said(role: string, parts: readonly MessagePart[]): Placed {
  return { role, parts, item: false };
}

/** The messages that an object holds under one of the usual keys; its instructions first. */
function within(value: Json, speaker: Speaker, depth: number): Placed[] {
  for (const key of LISTS) {
    if (value[key] === undefined || value[key] === null) continue;
    const before = key === "output" ? [] : instructionsOf(value);
    return [...before, ...listed(value[key], speaker, depth + 1)];
  }
  const prompt = value["prompt"] ?? value["text"] ?? value["content"];
  return prompt === undefined || prompt === null
    ? []
    : [...instructionsOf(value), ...listed(prompt, speaker, depth + 1)];
}

/** What a body says apart from its messages, as the APIs of OpenAI, Anthropic and Gemini have it. */
function instructionsOf(value: Json): Placed[] {
  const { config } = value;
  const within = isObject(config) ? config["systemInstruction"] : undefined;
  const system =
    value["instructions"] ?? value["system"] ?? value["systemInstruction"] ?? value["system_instruction"] ?? within;
  if (!system) return [];
  return [said("system", partsOf(isObject(system) && Array.isArray(system["parts"]) ? system["parts"] : system))];
}

/** LangChain's messages as dictionaries, streamed ones too: the fields beside the type, or under `data`. */
const LANGCHAIN_TYPE =
  /^(human|ai|system|tool|function|(?:Human|AI|System|Tool|Function)(?=MessageChunk$))(?:MessageChunk)?$/;

/** A message, a choice around one, or an item of the Responses API; `undefined` for anything else. */
function messageOf(value: Json, speaker: Speaker): Placed[] | undefined {
  if (isObject(value["message"])) return messageOf(value["message"], "assistant");
  const { content } = value;
  // One of Gemini's candidates.
  if (isObject(content) && Array.isArray(content["parts"]))
    return messageOf({ role: "model", ...content }, "assistant");
  if (Array.isArray(value["lc"]) || (isObject(value["kwargs"]) && Array.isArray(value["id"]))) return langChain(value);
  const role = text(value["role"]);
  if (role !== undefined) return [messageOfRole(isToolName(role, value) ? "tool" : role, value)];
  const type = text(value["type"]);
  if (type !== undefined && /_output$|^tool-result$|^tool_result$/.test(type)) {
    return [said("tool", readToolResponse(value))];
  }
  const speaks = LANGCHAIN_TYPE.exec(type ?? "")?.[1]?.toLowerCase();
  if (speaks !== undefined) {
    const { data } = value;
    return [messageOfRole(speaks, isObject(data) && "content" in data ? data : value)];
  }
  if (type !== undefined && type !== "message") {
    // Reasoning and calls are the model's, in whatever list they stand.
    const isModels =
      type === "reasoning" ||
      type === "thinking" ||
      type === "tool_use" ||
      /[_-]call$/.test(type) ||
      isServerTool(type);
    return [{ role: isModels ? "assistant" : speaker, parts: partsOf(value), item: true }];
  }
  if (Array.isArray(value["tool_calls"]) || Array.isArray(value["parts"])) return [messageOfRole("assistant", value)];
  return undefined;
}

function messageOfRole(given: string, value: Json): Placed {
  const role = ROLES.get(given) ?? given;
  const name = text(value["name"]);
  const named = name === undefined ? {} : { name };
  if (role === "tool" && !Array.isArray(value["parts"])) {
    const content = value["content"];
    // The AI SDK's tool message holds results; OpenAI's is one.
    if (Array.isArray(content) && content.some(isToolResult)) {
      return { ...said("tool", partsOf(content)), ...named };
    }
    const parts = readToolResponse({ id: value["tool_call_id"], content: content ?? value["response"] });
    return { ...said("tool", parts), ...named };
  }
  const parts = spokenParts(value);
  // Of Anthropic's API it is the user who answers calls.
  const isAnswer = role === "user" && parts.length > 0 && parts.every(({ type }) => type === "tool_call_response");
  return { ...said(isAnswer ? "tool" : role, parts), ...named };
}

/** Langfuse's handler of LangChain writes the tool's name in the place of the role of its answer. */
function isToolName(role: string, { additional_kwargs: more, tool_calls: calls }: Json): boolean {
  return isObject(more) && calls === undefined && !ROLES.has(role) && !SPEAKERS.has(role);
}

/** In the words of the AI SDK and Anthropic, or Bedrock's. */
function isToolResult(part: unknown): boolean {
  return isObject(part) && (/^tool[-_]result$/.test(String(part["type"])) || isObject(part["toolResult"]));
}

/** In the order in which a model makes them: reasoning, text, refusal, calls. */
function spokenParts(value: Json): MessagePart[] {
  const parts = partsOf(value["parts"] ?? value["content"] ?? value["contents"]);
  const reasoning = text(value["reasoning_content"]) ?? text(value["reasoning"]);
  if (reasoning !== undefined) parts.unshift({ type: "reasoning", content: reasoning });
  const refusal = text(value["refusal"]);
  if (refusal !== undefined) parts.push({ type: "refusal", content: refusal });
  for (const call of Array.isArray(value["tool_calls"]) ? value["tool_calls"] : []) {
    if (isObject(call)) parts.push(...(readToolCall(call) ?? []));
  }
  const legacy = value["function_call"];
  if (isObject(legacy)) parts.push(...(readToolCall(legacy) ?? []));
  return parts;
}

/** LangChain's serialised messages: the class at the end of `id` says who speaks. */
function langChain({ id, kwargs }: Json): Placed[] {
  if (!isObject(kwargs)) return [];
  const kind = Array.isArray(id) ? String(id.at(-1)) : "";
  const role = /^(Human|AI|System|Tool|Function)/.exec(kind)?.[1]?.toLowerCase() ?? "user";
  const extra = isObject(kwargs["additional_kwargs"]) ? kwargs["additional_kwargs"] : {};
  return [messageOfRole(role, { ...extra, ...kwargs })];
}

/** What a model made in one turn (reasoning, calls, text) may come as several items; it is one message. */
function merged(messages: readonly Placed[]): InputMessage[] {
  const result: { role: string; parts: MessagePart[]; name?: string }[] = [];
  let isLastItem = false;
  for (const { role, parts, item, name } of messages) {
    if (parts.length === 0 && messages.length > 1) continue;
    const last = result.at(-1);
    if (role === "assistant" && last?.role === "assistant" && (item || isLastItem)) {
      last.parts.push(...parts);
      isLastItem &&= item;
      continue;
    }
    // The parts are this reading's own.
    result.push(name ? { role, parts: parts as MessagePart[], name } : { role, parts: parts as MessagePart[] });
    isLastItem = item;
  }
  return result;
}
