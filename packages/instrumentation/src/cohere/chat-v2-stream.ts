import type { Body, ChunkFold } from "../adapter.ts";
import { isRecord, record } from "../engine/read.ts";
import { field } from "./fields.ts";
import { brokenOff } from "./finish-reason.ts";

/** Folds the events of version 2 into a chat response (https://docs.cohere.com/v2/docs/streaming). */
export function chatV2Stream(content: boolean): ChunkFold {
  return new ChatV2Fold(content);
}

interface Growing {
  readonly begun: Body;
  text: string;
}

class ChatV2Fold implements ChunkFold {
  readonly #content: boolean;
  readonly #contents = new Map<unknown, Growing>();
  readonly #thoughts = new Map<unknown, Growing>();
  readonly #calls = new Map<unknown, Growing>();
  readonly #citations: unknown[] = [];
  #plan = "";
  #id: unknown;
  #end: Body | undefined;

  constructor(content: boolean) {
    this.#content = content;
  }

  add(event: unknown): void {
    if (!isRecord(event)) return;
    const { type, id, delta, index } = event;
    if (type === "message-start") this.#id = id;
    if (type === "message-end") this.#end = record(delta);
    if (!this.#content) return;
    const message = record(record(delta)["message"]);
    if (type === "content-start" || type === "content-delta") this.#addContent(index, record(message["content"]));
    else if (type === "tool-plan-delta") this.#plan += text(field(message, "toolPlan"));
    else if (type === "tool-call-start" || type === "tool-call-delta") {
      this.#addCall(index, record(field(message, "toolCalls")));
    } else if (type === "citation-start") this.#citations.push(message["citations"]);
  }

  #addContent(index: unknown, { type, text: said, thinking }: Body): void {
    if (type === "thinking" || typeof thinking === "string") grow(this.#thoughts, index, {}).text += text(thinking);
    else grow(this.#contents, index, {}).text += text(said);
  }

  #addCall(index: unknown, call: Body): void {
    grow(this.#calls, index, call).text += text(record(call["function"])["arguments"]);
  }

  response(): unknown {
    const thoughts = [...this.#thoughts.values()].map((thought) => ({ type: "thinking", thinking: thought.text }));
    const texts = [...this.#contents.values()].map((said) => ({ type: "text", text: said.text }));
    const calls = [...this.#calls.values()].map(({ begun, text: json }) => ({
      ...begun,
      function: { ...record(begun["function"]), arguments: json },
    }));
    return {
      id: this.#id,
      finishReason: this.#end === undefined ? brokenOff : (field(this.#end, "finishReason") ?? brokenOff),
      message: {
        role: "assistant",
        content: [...thoughts, ...texts],
        toolPlan: this.#plan,
        toolCalls: calls,
        citations: this.#citations,
      },
      usage: this.#end?.["usage"],
      error: this.#end?.["error"],
    };
  }
}

function grow(growing: Map<unknown, Growing>, index: unknown, begun: Body): Growing {
  let known = growing.get(index);
  if (known === undefined) {
    known = { begun, text: "" };
    growing.set(index, known);
  }
  return known;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
