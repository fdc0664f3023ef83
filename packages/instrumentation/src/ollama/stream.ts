import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, record, type UnknownRecord } from "../engine/read.ts";

/** Folds the parts of a chat or of a generated text into the whole; the last part has the figures. */
export function answerStream(content: boolean): ChunkFold {
  return new AnswerFold(content);
}

class AnswerFold implements ChunkFold {
  readonly #content: boolean;
  readonly #calls: unknown[] = [];
  #last: UnknownRecord = {};
  #role: unknown;
  #text = "";
  #thinking = "";
  #isChat = false;

  constructor(content: boolean) {
    this.#content = content;
  }

  add(chunk: unknown): void {
    if (!isRecord(chunk)) return;
    this.#last = chunk;
    if (!this.#content) return;
    const { message, response, thinking } = chunk;
    this.#isChat ||= isRecord(message);
    const part = isRecord(message) ? message : { content: response, thinking };
    this.#role ??= part["role"];
    if (typeof part["content"] === "string") this.#text += part["content"];
    if (typeof part["thinking"] === "string") this.#thinking += part["thinking"];
    this.#calls.push(...list(part["tool_calls"]));
  }

  response(): unknown {
    const { message: _message, response: _response, ...rest } = this.#last;
    // A stream that broke off has no reason of its own.
    const ended = { ...rest, done_reason: rest["done_reason"] ?? (rest["done"] === true ? undefined : "error") };
    if (!this.#content) return ended;
    if (!this.#isChat) return { ...ended, response: this.#text, thinking: this.#thinking };
    const said = { role: this.#role, content: this.#text, thinking: this.#thinking, tool_calls: this.#calls };
    return { ...ended, message: record(said) };
  }
}
