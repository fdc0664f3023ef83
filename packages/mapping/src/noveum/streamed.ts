import { ATTR_GEN_AI_REQUEST_STREAM, ATTR_GEN_AI_RESPONSE_ID, ATTR_GENSPAN_RAW_CHUNKS } from "@genspan/semconv";
import { defined, nonEmpty } from "../engine/absent.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { isObject } from "../engine/message-guards.ts";
import { chatFinishReason, chatOutputMessages, chatUsage } from "../formats/chat-completion.ts";
import { asJson } from "./as-json.ts";

/**
 * A streamed response, as the third example of docs/logs.md shows it: what the chunks say together, with the text of
 * each choice in `delta` rather than `message`, and the chunks themselves in `streamed_data` where they were kept.
 */

type Chunk = Readonly<Record<string, unknown>>;

export function isStreamed(span: GenAISpan): boolean {
  return span.boolean(ATTR_GEN_AI_REQUEST_STREAM) === true || chunksOf(span).length > 0;
}

/** `undefined` where nothing arrived. */
export function streamedResponse(span: GenAISpan): object | undefined {
  const chunks = chunksOf(span);
  const choices = choicesOf(span, chunks);
  const id = span.text(ATTR_GEN_AI_RESPONSE_ID) ?? lastOf(chunks, "id");
  if (id === undefined && chunks.length === 0 && choices.length === 0) return undefined;
  return defined({
    id,
    model: span.model,
    choices,
    usage: chatUsage(span),
    ...vendorFields(chunks),
    streamed_data: nonEmpty(chunks),
  });
}

function chunksOf(span: GenAISpan): readonly Chunk[] {
  return span.once("noveum.chunks", () => {
    const chunks = asJson(span, ATTR_GENSPAN_RAW_CHUNKS, span.json(ATTR_GENSPAN_RAW_CHUNKS));
    return Array.isArray(chunks) ? chunks.filter(isObject) : [];
  });
}

interface StreamedChoice {
  readonly index: number;
  readonly delta?: object;
  readonly finish_reason?: string;
}

/** The messages that the instrumentation put together, else the text of the chunks. */
function choicesOf(span: GenAISpan, chunks: readonly Chunk[]): readonly StreamedChoice[] {
  const messages = chatOutputMessages(span);
  const deltas = messages.length > 0 ? messages : mergedDeltas(chunks);
  const reasons = span.finishReasons;
  return Array.from({ length: Math.max(deltas.length, reasons.length) }, (_, index) =>
    defined({
      index,
      delta: deltas[index],
      finish_reason: reasons[index] === undefined ? undefined : chatFinishReason(reasons[index]),
    }),
  );
}

/** No provider streams more choices; an index beyond it is not one to make an array of. */
const MAX_CHOICES = 128;

/** Text of the chunks of OpenAI's Chat Completions API, by choice. */
function mergedDeltas(chunks: readonly Chunk[]): readonly { readonly role: string; readonly content: string }[] {
  const merged: { role: string; content: string }[] = [];
  for (const { choices } of chunks) {
    for (const choice of Array.isArray(choices) ? choices.filter(isObject) : []) {
      const { index = 0, delta } = choice;
      if (!Number.isInteger(index) || Number(index) < 0 || Number(index) >= MAX_CHOICES || !isObject(delta)) continue;
      while (merged.length <= Number(index)) merged.push({ role: "assistant", content: "" });
      const target = merged[Number(index)];
      if (target !== undefined && typeof delta["content"] === "string") target.content += delta["content"];
    }
  }
  return merged;
}

/** Fields of a provider's own, such as `x_groq`, as the last chunk that has them says. */
function vendorFields(chunks: readonly Chunk[]): Record<string, unknown> {
  return Object.assign(
    {},
    ...chunks.map((chunk) => Object.fromEntries(Object.entries(chunk).filter(([name]) => name.startsWith("x_")))),
  );
}

function lastOf(chunks: readonly Chunk[], name: string): unknown {
  return chunks.findLast((chunk) => chunk[name] !== undefined && chunk[name] !== null)?.[name];
}
