import { isRecord, list, type UnknownRecord } from "../engine/read.ts";

interface Text {
  readonly type: "text";
  text: string;
}

interface Thinking {
  readonly type: "thinking";
  readonly thinking: unknown[];
  signature?: unknown;
}

interface ToolCall {
  readonly id: unknown;
  readonly index: unknown;
  readonly function: { readonly name: unknown; arguments: unknown };
}

/** One choice's message as its deltas tell it, in the form of a whole one. */
export class StreamedMessage {
  readonly #content: unknown[] = [];
  readonly #toolCalls: ToolCall[] = [];
  /** Results of tools that Mistral ran. */
  readonly #steps: { readonly role: "tool"; readonly toolCallId: unknown; content: unknown }[] = [];
  #text: Text | undefined;
  #thinking: Thinking | undefined;

  add(delta: UnknownRecord): void {
    const { role, toolCallId, content } = delta;
    if (role === "tool") {
      this.#steps.push({ role, toolCallId, content });
      return;
    }
    if (typeof content === "string") this.#addText(content);
    else for (const chunk of list(content)) this.#addChunk(chunk);
    for (const call of list(delta["toolCalls"])) if (isRecord(call)) this.#addToolCall(call);
  }

  whole(): UnknownRecord {
    const message = { role: "assistant", content: this.#content, toolCalls: this.#toolCalls };
    return { message, messages: this.#steps };
  }

  #addText(text: string): void {
    if (text === "") return;
    if (this.#text === undefined) {
      this.#text = { type: "text", text: "" };
      this.#content.push(this.#text);
    }
    this.#thinking = undefined;
    this.#text.text += text;
  }

  #addChunk(chunk: unknown): void {
    if (!isRecord(chunk)) return;
    const { type, text, thinking } = chunk;
    if (type === "text" && typeof text === "string") this.#addText(text);
    else if (type === "thinking" && Array.isArray(thinking)) this.#addThinking(chunk);
    else {
      this.#text = undefined;
      this.#thinking = undefined;
      this.#content.push(chunk);
    }
  }

  #addThinking({ thinking, signature }: UnknownRecord): void {
    if (this.#thinking === undefined) {
      this.#thinking = { type: "thinking", thinking: [] };
      this.#content.push(this.#thinking);
    }
    this.#text = undefined;
    this.#thinking.thinking.push(...list(thinking));
    if (typeof signature === "string") this.#thinking.signature = signature;
  }

  /**
   * Calls come whole, or with their arguments in pieces. The client fills in what the API left out: the index with 0, the
   * id with `null`. So calls with ids are told apart by id, and a piece without one goes on with the call of its index.
   */
  #addToolCall(call: UnknownRecord): void {
    const { id, index, function: called } = call;
    const { name, arguments: json } = isRecord(called) ? called : {};
    const hasId = typeof id === "string" && id !== "" && id !== "null";
    const isGoingOn = hasId ? undefined : !name;
    const known = this.#toolCalls.findLast((other) => (hasId ? other.id === id : isGoingOn && other.index === index));
    if (known === undefined) this.#toolCalls.push({ id, index, function: { name, arguments: json } });
    else if (typeof known.function.arguments === "string" && typeof json === "string") known.function.arguments += json;
  }
}
