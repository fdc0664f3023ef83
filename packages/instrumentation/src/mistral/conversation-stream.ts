import type { ChunkFold } from "../adapter.ts";
import { isRecord, record, type UnknownRecord } from "../engine/read.ts";
import { StreamedMessage } from "./streamed-message.ts";

/** Folds events, whose `data` has a `type`, into a `ConversationResponse`. */
export function conversationStream(content: boolean): ChunkFold {
  return new ConversationFold(content);
}

/** One entry of the outputs as its events tell it. */
class StreamedEntry {
  readonly #type: string;
  /** Undefined where content is not captured, and of entries without a message. */
  readonly #message: StreamedMessage | undefined;
  readonly #fields: Record<string, unknown> = {};

  constructor(type: string, content: boolean) {
    this.#type = type;
    this.#message = content && type === "message.output" ? new StreamedMessage() : undefined;
  }

  add({
    type: _type,
    outputIndex: _at,
    contentIndex: _part,
    content,
    arguments: json,
    ...fields
  }: UnknownRecord): void {
    Object.assign(this.#fields, fields);
    this.#message?.add({ content: isRecord(content) ? [content] : content });
    if (typeof json === "string") this.#fields["arguments"] = `${this.#fields["arguments"] ?? ""}${json}`;
  }

  whole(): UnknownRecord {
    const content = this.#message && record(this.#message.whole()["message"])["content"];
    return { ...this.#fields, type: this.#type, ...(content !== undefined && { content }) };
  }
}

class ConversationFold implements ChunkFold {
  readonly #content: boolean;
  /** By their index, in the order in which they began. */
  readonly #entries = new Map<unknown, StreamedEntry>();
  #conversationId: unknown;
  #usage: unknown;
  #error: UnknownRecord | undefined;

  constructor(content: boolean) {
    this.#content = content;
  }

  add(event: unknown): void {
    const data = record(record(event)["data"]);
    const { type, outputIndex } = data;
    if (type === "conversation.response.started") this.#conversationId = data["conversationId"];
    else if (type === "conversation.response.done") this.#usage = data["usage"];
    else if (type === "conversation.response.error") this.#error = data;
    else if (typeof type === "string" && outputIndex !== undefined) this.#entry(outputIndex, type).add(data);
  }

  /** `message.output.delta`, `tool.execution.started`: the type of the entry, and what became of it. */
  #entry(index: unknown, type: string): StreamedEntry {
    const known = this.#entries.get(index);
    if (known !== undefined) return known;
    const entry = new StreamedEntry(type.replace(/\.(delta|started|done)$/, ""), this.#content);
    this.#entries.set(index, entry);
    return entry;
  }

  response(): unknown {
    const outputs = [...this.#entries.values()].map((entry) => entry.whole());
    return { conversationId: this.#conversationId, outputs, usage: this.#usage, error: this.#error };
  }
}
