import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, place, type UnknownRecord } from "../engine/read.ts";
import { brokenOff } from "../openai-protocol/finish-reason.ts";
import { StreamedMessage } from "./streamed-message.ts";

/** Folds events, whose `data` is a `CompletionChunk`, into a chat completion (https://docs.mistral.ai/api/endpoint/chat). */
export function chatStream(content: boolean): ChunkFold {
  return new ChatFold(content);
}

interface Choice {
  finishReason: unknown;
  /** Undefined where content is not captured. */
  readonly message: StreamedMessage | undefined;
}

class ChatFold implements ChunkFold {
  readonly #content: boolean;
  readonly #choices: Choice[] = [];
  #id: unknown;
  #model: unknown;
  #usage: unknown;

  constructor(content: boolean) {
    this.#content = content;
  }

  add(event: unknown): void {
    const chunk = isRecord(event) ? event["data"] : undefined;
    if (!isRecord(chunk)) return;
    this.#id ||= chunk["id"];
    this.#model ||= chunk["model"];
    this.#usage = chunk["usage"] ?? this.#usage;
    for (const choice of list(chunk["choices"])) if (isRecord(choice)) this.#addChoice(choice);
  }

  #addChoice({ index, finishReason, delta }: UnknownRecord): void {
    const at = place(index);
    let known = this.#choices[at];
    if (known === undefined) {
      known = { finishReason: undefined, message: this.#content ? new StreamedMessage() : undefined };
      this.#choices[at] = known;
    }
    if (finishReason) known.finishReason = finishReason;
    if (known.message !== undefined && isRecord(delta)) known.message.add(delta);
  }

  response(): unknown {
    // A stream that ended before its first choice has one choice whose finish reason never came.
    const count = Math.max(this.#choices.length, 1);
    const choices = Array.from({ length: count }, (_, index) => ({
      ...this.#choices[index]?.message?.whole(),
      finishReason: this.#choices[index]?.finishReason ?? brokenOff,
    }));
    return { id: this.#id, model: this.#model, choices, usage: this.#usage };
  }
}
