import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, place, type UnknownRecord } from "../engine/read.ts";
import { brokenOff } from "./finish-reason.ts";

interface Choice {
  finish_reason: unknown;
  /** Undefined where content is not captured. */
  readonly message: Message | undefined;
}

interface Message {
  content: string;
  refusal: string;
  reasoning_content: string;
  audio: { id?: unknown; data: string; transcript: string } | undefined;
  readonly tool_calls: ToolCall[];
}

interface ToolCall {
  id: unknown;
  readonly type: string;
  readonly function: { name: string; arguments: string };
  readonly custom?: { name: string; input: string };
}

/** Folds `chat.completion.chunk`s into a chat completion. Without content it looks at four fields of a chunk only. */
export function chatStream(content: boolean): ChunkFold {
  return new ChatFold(content);
}

class ChatFold implements ChunkFold {
  readonly #content: boolean;
  readonly #choices: Choice[] = [];
  #id: unknown;
  #model: unknown;
  #usage: unknown;
  #serviceTier: unknown;
  #systemFingerprint: unknown;

  constructor(content: boolean) {
    this.#content = content;
  }

  add(chunk: unknown): void {
    if (!isRecord(chunk)) return;
    this.#id ||= chunk["id"];
    this.#model ||= chunk["model"];
    this.#serviceTier ||= chunk["service_tier"];
    this.#systemFingerprint ||= chunk["system_fingerprint"];
    this.#usage = chunk["usage"] ?? this.#usage;
    const { choices } = chunk;
    if (!Array.isArray(choices)) return;
    for (const choice of choices) if (isRecord(choice)) this.#addChoice(choice);
  }

  #addChoice(choice: UnknownRecord): void {
    const index = place(choice["index"]);
    let known = this.#choices[index];
    if (known === undefined) {
      known = { finish_reason: undefined, message: this.#content ? newMessage() : undefined };
      this.#choices[index] = known;
    }
    if (choice["finish_reason"]) known.finish_reason = choice["finish_reason"];
    if (known.message !== undefined && isRecord(choice["delta"])) addDelta(known.message, choice["delta"]);
  }

  response(): unknown {
    // A stream that ended before its first choice has one choice whose finish reason never came.
    const count = Math.max(this.#choices.length, 1);
    const choices = Array.from({ length: count }, (_, index) => ({
      message: this.#choices[index]?.message,
      finish_reason: this.#choices[index]?.finish_reason ?? brokenOff,
    }));
    return {
      id: this.#id,
      model: this.#model,
      choices,
      usage: this.#usage,
      service_tier: this.#serviceTier,
      system_fingerprint: this.#systemFingerprint,
    };
  }
}

function newMessage(): Message {
  return { content: "", refusal: "", reasoning_content: "", audio: undefined, tool_calls: [] };
}

function addDelta(message: Message, delta: UnknownRecord): void {
  const { content, refusal, audio } = delta;
  const reasoning = delta["reasoning_content"] ?? delta["reasoning"];
  if (typeof content === "string") message.content += content;
  if (typeof refusal === "string") message.refusal += refusal;
  if (typeof reasoning === "string") message.reasoning_content += reasoning;
  if (isRecord(audio)) {
    message.audio ??= { data: "", transcript: "" };
    message.audio.id ??= audio["id"];
    message.audio.data += text(audio["data"]);
    message.audio.transcript += text(audio["transcript"]);
  }
  for (const call of list(delta["tool_calls"])) if (isRecord(call)) addToolCall(message.tool_calls, call);
  if (isRecord(delta["function_call"])) addToolCall(message.tool_calls, { index: 0, function: delta["function_call"] });
}

function addToolCall(calls: ToolCall[], delta: UnknownRecord): void {
  const index = place(delta["index"], calls.length);
  let call = calls[index];
  if (call === undefined) {
    call = { id: delta["id"], type: "function", function: { name: "", arguments: "" } };
    if (isRecord(delta["custom"])) call = { ...call, type: "custom", custom: { name: "", input: "" } };
    calls[index] = call;
  }
  call.id ??= delta["id"];
  const { function: called, custom } = delta;
  if (isRecord(called)) {
    // Sent once by OpenAI, with every delta by some others: never appended.
    call.function.name = text(called["name"]) || call.function.name;
    call.function.arguments += text(called["arguments"]);
  }
  if (isRecord(custom) && call.custom !== undefined) {
    call.custom.name = text(custom["name"]) || call.custom.name;
    call.custom.input += text(custom["input"]);
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
