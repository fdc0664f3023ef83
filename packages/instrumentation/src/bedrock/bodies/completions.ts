import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, ChunkFold, InputContent } from "../../adapter.ts";
import { isRecord, list, putCount, putNumber, putText, putTexts, record, text } from "../../engine/read.ts";
import { brokenOff, finishReason } from "../finish-reason.ts";
import type { BodyFormat } from "./body-format.ts";

/** What a model that continues a prompt answers, or one streamed piece of it. */
export interface Completion {
  readonly id?: unknown;
  readonly choices: readonly { readonly text: unknown; readonly reason: unknown }[];
  readonly inputTokens?: unknown;
  readonly outputTokens?: unknown;
}

/** In which words a family says the same things. */
export interface CompletionWords {
  fits(body: Body, model: string): boolean;
  prompt(body: Body): unknown;
  /** Where the parameters are, if not in the body itself. */
  parameters?(body: Body): Body;
  readonly maxTokens: string;
  readonly topP: string;
  readonly topK?: string;
  readonly stop: string;
  /** Reads an answer, and a streamed piece of one. */
  read(answer: Body): Completion;
}

/** Families without messages: a prompt in, one or more texts out. */
export function completionFormat(words: CompletionWords): BodyFormat {
  const read = (value: unknown): Completion =>
    value instanceof CompletionFold ? value.whole : words.read(record(value));
  return {
    operation: semconv.GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
    fits: words.fits,
    request: (body) => completionRequest(words, body),
    input: (body) => promptInput(words.prompt(body)),
    response: (value) => completionAttributes(read(value)),
    output: (value) => completionOutput(read(value)),
    stream: (content) => new CompletionFold(words, content),
  };
}

function completionRequest(words: CompletionWords, body: Body): Attributes {
  const parameters = words.parameters?.(body) ?? body;
  const attributes: Attributes = {};
  putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, parameters[words.maxTokens]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, parameters["temperature"]);
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_P, parameters[words.topP]);
  if (words.topK !== undefined) putCount(attributes, semconv.ATTR_GEN_AI_REQUEST_TOP_K, parameters[words.topK]);
  putTexts(attributes, semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, parameters[words.stop]);
  return attributes;
}

function promptInput(prompt: unknown): InputContent {
  const content = text(prompt);
  return { messages: content === undefined ? [] : [{ role: "user", parts: [{ type: "text", content }] }] };
}

function completionAttributes({ id, choices, inputTokens, outputTokens }: Completion): Attributes {
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  // A whole answer may lack reasons: they are unknown then, and no errors.
  if (choices.some(({ reason }) => Boolean(reason))) {
    attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = choices.map(({ reason }) => finishReason(reason));
  }
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, inputTokens);
  putCount(attributes, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, outputTokens);
  return attributes;
}

function completionOutput({ choices }: Completion): OutputMessage[] {
  return choices.map((choice) => ({
    role: "assistant",
    parts: [{ type: "text", content: typeof choice.text === "string" ? choice.text : "" }],
  }));
}

/** Pieces have the form of answers: their texts are joined, and the last known reason and counts hold. */
class CompletionFold implements ChunkFold {
  readonly #words: CompletionWords;
  readonly #content: boolean;
  readonly #choices: { text: string; reason: unknown }[] = [];
  #id: unknown;
  #inputTokens: unknown;
  #outputTokens: unknown;

  constructor(words: CompletionWords, content: boolean) {
    this.#words = words;
    this.#content = content;
  }

  add(chunk: unknown): void {
    if (!isRecord(chunk)) return;
    const { id, choices, inputTokens, outputTokens } = this.#words.read(chunk);
    this.#id ??= id;
    this.#inputTokens = inputTokens ?? this.#inputTokens;
    this.#outputTokens = outputTokens ?? this.#outputTokens;
    for (const [index, { text: piece, reason }] of choices.entries()) {
      const choice = this.#choices[index] ?? { text: "", reason: undefined };
      this.#choices[index] = choice;
      if (this.#content && typeof piece === "string") choice.text += piece;
      if (reason) choice.reason = reason;
    }
  }

  /** Itself: `read` takes what it holds. */
  response(): unknown {
    return this;
  }

  get whole(): Completion {
    const choices = this.#choices.length > 0 ? this.#choices : [{ text: "", reason: undefined }];
    return {
      id: this.#id,
      choices: choices.map((choice) => ({ text: choice.text, reason: choice.reason ?? brokenOff })),
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
    };
  }
}

/** Entries of a list as choices. */
export function choicesOf(
  value: unknown,
  read: (choice: Body) => Completion["choices"][number],
): Completion["choices"] {
  return list(value).filter(isRecord).map(read);
}
