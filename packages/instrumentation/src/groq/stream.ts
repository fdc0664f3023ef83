import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, place, record, type UnknownRecord } from "../engine/read.ts";
import { chatStream as protocolStream } from "../openai-protocol/chat-stream.ts";

/** OpenAI's chunks, with usage and errors in `x_groq`, and tools that Groq ran in the deltas. */
export function chatStream(content: boolean): ChunkFold {
  return new GroqFold(content);
}

class GroqFold implements ChunkFold {
  readonly #content: boolean;
  readonly #fold: ChunkFold;
  #usage: unknown;
  #error: unknown;
  readonly #tools: Map<number, UnknownRecord>[] = [];

  constructor(content: boolean) {
    this.#content = content;
    this.#fold = protocolStream(content);
  }

  add(chunk: unknown): void {
    this.#fold.add(chunk);
    if (!isRecord(chunk)) return;
    const { x_groq } = chunk;
    if (isRecord(x_groq)) {
      this.#usage = x_groq["usage"] ?? this.#usage;
      this.#error = x_groq["error"] ?? this.#error;
    }
    if (this.#content) for (const choice of list(chunk["choices"])) this.#addTools(record(choice));
  }

  /** A tool comes in several deltas: the call, then the results. */
  #addTools(choice: UnknownRecord): void {
    const tools = list(record(choice["delta"])["executed_tools"]).filter(isRecord);
    if (tools.length === 0) return;
    const at = place(choice["index"]);
    const known = this.#tools[at] ?? new Map<number, UnknownRecord>();
    this.#tools[at] = known;
    for (const tool of tools) {
      const position = typeof tool["index"] === "number" ? tool["index"] : known.size;
      known.set(position, { ...known.get(position), ...tool });
    }
  }

  response(): unknown {
    const response = record(this.#fold.response());
    const choices = list(response["choices"]).map((choice, index) => {
      const tools = this.#tools[index];
      if (tools === undefined) return choice;
      const message = { ...record(record(choice)["message"]), executed_tools: [...tools.values()] };
      return { ...record(choice), message };
    });
    return {
      ...response,
      choices,
      usage: response["usage"] ?? this.#usage,
      ...(this.#error !== undefined && { x_groq: { error: this.#error } }),
    };
  }
}
