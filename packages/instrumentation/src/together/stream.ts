import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, record } from "../engine/read.ts";
import { completionStream as protocolStream } from "../openai-protocol/completions.ts";

/**
 * Chunks of a text completion: the text is the choice's, its delta's, or only that of `token`, and the finish reason is
 * the choice's or the chunk's (https://docs.together.ai/reference/completions-1).
 */
export function completionStream(): ChunkFold {
  const fold = protocolStream();
  return {
    add(chunk) {
      fold.add(isRecord(chunk) ? { ...chunk, choices: list(chunk["choices"]).map(choiceOf, chunk) } : chunk);
    },
    response: () => fold.response(),
  };
}

function choiceOf(this: Readonly<Record<string, unknown>>, value: unknown, index: number): unknown {
  const choice = record(value);
  return {
    index: choice["index"] ?? index,
    text: choice["text"] ?? record(choice["delta"])["content"] ?? record(this["token"])["text"],
    finish_reason: choice["finish_reason"] ?? this["finish_reason"],
  };
}
