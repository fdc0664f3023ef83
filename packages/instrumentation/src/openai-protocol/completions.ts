import type { InputMessage, OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Body, ChunkFold, MethodAdapter } from "../adapter.ts";
import { isRecord, list, place, record, text } from "../engine/read.ts";
import { chatAnswer } from "./chat-response.ts";
import { brokenOff } from "./finish-reason.ts";
import { samplingParameters } from "./sampling-parameters.ts";
import { includeUsage } from "./stream-usage.ts";

/** https://platform.openai.com/docs/api-reference/completions/create */
export const textCompletions: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  path: "/completions",
  request: samplingParameters,
  input: (body) => ({ messages: promptMessages(body) }),
  // id, model, finish reasons and usage have the same names as in a chat completion.
  response: chatAnswer,
  output: (response) => list(record(response)["choices"]).map(choiceMessage),
  usageOnRequest: includeUsage,
  stream: completionStream,
};

export function completionStream(): ChunkFold {
  return new CompletionFold();
}

/** One message for each prompt; prompts of token ids are not text. */
function promptMessages(body: Body): InputMessage[] {
  const { prompt } = body;
  const prompts = typeof prompt === "string" ? [prompt] : list(prompt).filter((part) => typeof part === "string");
  return prompts.map((content) => ({ role: "user", parts: [{ type: "text", content }] }));
}

function choiceMessage(choice: unknown): OutputMessage {
  return { role: "assistant", parts: [{ type: "text", content: text(record(choice)["text"]) ?? "" }] };
}

class CompletionFold implements ChunkFold {
  readonly #choices: { text: string; finish_reason: unknown }[] = [];
  #head: Readonly<Record<string, unknown>> = {};
  #usage: unknown;

  add(chunk: unknown): void {
    if (!isRecord(chunk)) return;
    this.#head = chunk;
    this.#usage = chunk["usage"] ?? this.#usage;
    for (const delta of list(chunk["choices"])) {
      const { index, text: added, finish_reason } = record(delta);
      const at = place(index);
      const choice = this.#choices[at] ?? { text: "", finish_reason: undefined };
      this.#choices[at] = choice;
      choice.text += text(added) ?? "";
      choice.finish_reason = finish_reason ?? choice.finish_reason;
    }
  }

  response(): unknown {
    const count = Math.max(this.#choices.length, 1);
    const choices = Array.from({ length: count }, (_, index) => ({
      text: this.#choices[index]?.text,
      finish_reason: this.#choices[index]?.finish_reason ?? brokenOff,
    }));
    return { ...this.#head, choices, usage: this.#usage };
  }
}
