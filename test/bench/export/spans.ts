import type { Tracer } from "@opentelemetry/api";
import { chatAttributes } from "../chat-attributes.ts";

/** A chat span as our instrumentation makes it with content: 25 attributes, 2 KB of question and 1 KB of answer; ids and counts differ. */

const question = "Please compare the two offers below and say which is better, and why. ".repeat(28);
const answer = 'The quick "brown" fox jumps over the lazy dog.\n'.repeat(21);
const input = JSON.stringify([{ role: "user", parts: [{ type: "text", content: question }] }]);
const output = JSON.stringify([
  { role: "assistant", parts: [{ type: "text", content: answer }], finish_reason: "stop" },
]);

export function endSpan(tracer: Tracer, index: number): void {
  const span = tracer.startSpan("chat gpt-4o", { kind: 2 });
  span.setAttributes(chatAttributes(index, { input, output }));
  span.end();
}
