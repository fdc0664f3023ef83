import { type Attributes, type Context, ROOT_CONTEXT, type Tracer, trace } from "@opentelemetry/api";
import type { IdGenerator } from "@opentelemetry/sdk-trace-base";

/** The ids of a driver's spans can be told beforehand: the run, and a number that counts. */
export function idOf(run: number, index: number): { readonly traceId: string; readonly spanId: string } {
  const number = (index + 1).toString(16);
  return {
    traceId: `${(run + 1).toString(16).padStart(16, "0")}${number.padStart(16, "0")}`,
    spanId: `${((run + 1) % 0x10000).toString(16).padStart(4, "0")}${number.padStart(12, "0")}`,
  };
}

export function countingIds(run: number): IdGenerator {
  let traces = 0;
  let spans = 0;
  return {
    generateTraceId: () => idOf(run, traces++).traceId,
    generateSpanId: () => idOf(run, spans++).spanId,
  };
}

/** A call of a model, as every vendor takes it, with so many bytes of text. */
export function endCall(tracer: Tracer, text: string, more: Attributes = {}, parent: Context = ROOT_CONTEXT): void {
  const prompt = text.slice(0, text.length >> 1);
  const attributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.response.model": "gpt-4o-2024-08-06",
    "gen_ai.response.id": "chatcmpl-1",
    "gen_ai.response.finish_reasons": ["stop"],
    "gen_ai.usage.input_tokens": 100,
    "gen_ai.usage.output_tokens": 50,
    "gen_ai.input.messages": messages("user", prompt),
    "gen_ai.output.messages": messages("assistant", text.slice(prompt.length)),
    ...more,
  };
  tracer.startSpan("chat gpt-4o", { attributes }, parent).end();
}

/** An agent that calls a model so often. */
export function endTrace(tracer: Tracer, text: string, calls: number): void {
  const root = tracer.startSpan(
    "invoke_agent support",
    { attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "support" } },
    ROOT_CONTEXT,
  );
  for (let call = 0; call < calls; call++) endCall(tracer, text, {}, trace.setSpan(ROOT_CONTEXT, root));
  root.end();
}

const messages = (role: string, content: string): string =>
  `[{"role":"${role}","parts":[{"type":"text","content":"${content}"}],"finish_reason":"stop"}]`;

/** Text that costs nothing to make and does not compress to nothing. */
export function textOf(bytes: number): string {
  const words = "The quick brown fox jumps over the lazy dog while it rains in Spain 0123456789 ";
  return words.repeat(Math.ceil(bytes / words.length)).slice(0, bytes);
}
