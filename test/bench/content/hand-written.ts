import { type Span, SpanKind, type Tracer } from "@opentelemetry/api";
import type OpenAI from "openai";
import { messages } from "./canned.ts";

/** What a careful engineer would write by hand around one call: the same attributes as ours, and nothing else. */

type Completion = OpenAI.Chat.Completions.ChatCompletion;
type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk;

interface HandOptions {
  readonly tracer: Tracer;
  readonly client: OpenAI;
  readonly content: boolean;
}

const toParts = (role: string, content: string) => ({ role, parts: [{ type: "text", content }] });

function start({ tracer, content }: HandOptions, streaming: boolean): Span {
  const span = tracer.startSpan("chat gpt-4o", {
    kind: SpanKind.CLIENT,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-4o",
      "server.address": "api.openai.com",
      "server.port": 443,
    },
  });
  span.setAttribute("gen_ai.request.temperature", 0.2);
  span.setAttribute("gen_ai.request.max_tokens", 256);
  span.setAttribute("openai.api.type", "chat_completions");
  span.setAttribute("genspan.request.path", "/v1/chat/completions");
  if (streaming) span.setAttribute("gen_ai.request.stream", true);
  if (content) {
    span.setAttribute("gen_ai.input.messages", JSON.stringify(messages.map((m) => toParts(m.role, m.content))));
  }
  return span;
}

interface Answer {
  readonly id: string;
  readonly model: string;
  readonly fingerprint: string | null | undefined;
  readonly reason: string;
  readonly text: string;
  readonly usage: Completion["usage"] | null;
}

function end(span: Span, answer: Answer, content: boolean): void {
  span.setAttribute("gen_ai.response.id", answer.id);
  span.setAttribute("http.response.status_code", 200);
  span.setAttribute("gen_ai.response.model", answer.model);
  span.setAttribute("gen_ai.response.finish_reasons", [answer.reason]);
  if (answer.fingerprint) span.setAttribute("openai.response.system_fingerprint", answer.fingerprint);
  if (answer.usage) {
    span.setAttribute("gen_ai.usage.input_tokens", answer.usage.prompt_tokens);
    span.setAttribute("gen_ai.usage.output_tokens", answer.usage.completion_tokens);
    span.setAttribute("gen_ai.usage.cache_read.input_tokens", answer.usage.prompt_tokens_details?.cached_tokens ?? 0);
    span.setAttribute(
      "gen_ai.usage.reasoning.output_tokens",
      answer.usage.completion_tokens_details?.reasoning_tokens ?? 0,
    );
  }
  if (content) span.setAttribute("gen_ai.output.messages", JSON.stringify([toParts("assistant", answer.text)]));
  span.end();
}

export async function chatByHand(options: HandOptions): Promise<void> {
  const span = start(options, false);
  const data = await options.client.chat.completions.create({
    model: "gpt-4o",
    messages,
    temperature: 0.2,
    max_tokens: 256,
  });
  const choice = data.choices[0];
  const answer = {
    id: data.id,
    model: data.model,
    fingerprint: data.system_fingerprint,
    reason: choice?.finish_reason ?? "error",
    text: choice?.message.content ?? "",
    usage: data.usage,
  };
  end(span, answer, options.content);
}

export async function streamByHand(options: HandOptions): Promise<void> {
  const span = start(options, true);
  const started = performance.now();
  const stream = await options.client.chat.completions.create({
    model: "gpt-4o",
    messages,
    temperature: 0.2,
    max_tokens: 256,
    stream: true,
    stream_options: { include_usage: true },
  });
  let last: Chunk | undefined;
  let reason = "error";
  let text = "";
  for await (const chunk of stream) {
    if (last === undefined) {
      span.setAttribute("gen_ai.response.time_to_first_chunk", (performance.now() - started) / 1e3);
    }
    last = chunk;
    const choice = chunk.choices[0];
    if (choice?.finish_reason) reason = choice.finish_reason;
    if (options.content) text += choice?.delta.content ?? "";
  }
  if (last !== undefined) {
    end(
      span,
      { id: last.id, model: last.model, fingerprint: last.system_fingerprint, reason, text, usage: last.usage ?? null },
      options.content,
    );
  }
}
