import type { Tracer } from "@opentelemetry/api";

/** A chat span as our instrumentation makes it with content: 25 attributes, 2 KB of question and 1 KB of answer; ids and counts differ. */

const question = "Please compare the two offers below and say which is better, and why. ".repeat(28);
const answer = 'The quick "brown" fox jumps over the lazy dog.\n'.repeat(21);
const input = JSON.stringify([{ role: "user", parts: [{ type: "text", content: question }] }]);
const output = JSON.stringify([
  { role: "assistant", parts: [{ type: "text", content: answer }], finish_reason: "stop" },
]);

export function endSpan(tracer: Tracer, index: number): void {
  const span = tracer.startSpan("chat gpt-4o", { kind: 2 });
  span.setAttributes({
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.request.temperature": 0.2,
    "gen_ai.request.max_tokens": 256,
    "gen_ai.request.top_p": 0.9,
    "gen_ai.request.seed": index,
    "gen_ai.request.choice.count": 1,
    "gen_ai.response.id": `chatcmpl-${index}`,
    "gen_ai.response.model": "gpt-4o-2024-08-06",
    "gen_ai.response.finish_reasons": ["stop"],
    "gen_ai.usage.input_tokens": 500 + (index % 97),
    "gen_ai.usage.output_tokens": 200 + (index % 89),
    "gen_ai.usage.cache_read.input_tokens": 128 * (index % 4),
    "gen_ai.usage.reasoning.output_tokens": index % 31,
    "gen_ai.conversation.id": `conversation-${index >> 3}`,
    "gen_ai.output.type": "text",
    "gen_ai.input.messages": input,
    "gen_ai.output.messages": output,
    "openai.api.type": "chat_completions",
    "openai.response.system_fingerprint": "fp_bench",
    "server.address": "api.openai.com",
    "server.port": 443,
    "http.response.status_code": 200,
    "user.id": "user-1",
  });
  span.end();
}
