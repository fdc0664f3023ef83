import type { GenAISpanProcessor } from "@genspan/exporter";
import { createTraceState, SpanStatusCode } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";

/** A key in every position of a span must be in no byte that leaves, by whatever way. */
export const SECRET = ["sk", "ant", "api03", "Zk3vT9qLm2XbR7wYc5NdA1eHf8GjU4sPiOo6"].join("-");
export const CORE = "Zk3vT9qLm2XbR7wYc5NdA1eHf8GjU4sPiOo6";

/** As JSON may write it: each character an escape. */
const spelt = (text: string): string =>
  [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
const PASSWORD = "correct-horse-77";
const CARD = 4_111_111_111_111_111;
export const CANARIES: readonly string[] = [CORE, spelt(CORE), PASSWORD, String(CARD)];
export const leaks = (text: Buffer | string): boolean => CANARIES.some((canary) => text.includes(canary));

/** One span of each kind, with the secret wherever text can be. */
export function endSpans(provider: BasicTracerProvider): void {
  const tracer = provider.getTracer(`scope ${SECRET}`, SECRET, { schemaUrl: `https://host/${SECRET}` });
  const messages = (role: string) =>
    JSON.stringify([
      {
        role,
        parts: [
          { type: "text", content: `\n${SECRET}` },
          { type: "reasoning", content: SECRET },
          { type: "tool_call", id: SECRET, name: SECRET, arguments: { deep: JSON.stringify({ key: [SECRET] }) } },
          { type: "uri", modality: "image", uri: `https://host/?key=${SECRET}` },
        ],
      },
    ]);
  const content = {
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.response.id": SECRET,
    "gen_ai.input.messages": messages("user"),
    "gen_ai.output.messages": messages("assistant"),
    "gen_ai.system_instructions": JSON.stringify([{ type: "text", content: SECRET }]),
    "gen_ai.tool.definitions": JSON.stringify([{ type: "function", name: "t", description: SECRET }]),
    "gen_ai.tool.call.arguments": `{"escaped":"\\u0073k${SECRET.slice(2)}"}`,
    "gen_ai.tool.call.result": SECRET,
    "gen_ai.retrieval.query.text": SECRET,
    "gen_ai.retrieval.documents": JSON.stringify([{ content: SECRET }]),
    "gen_ai.conversation.id": SECRET,
    "gen_ai.request.stop_sequences": [SECRET],
    "genspan.raw.request": JSON.stringify({ messages: [{ role: "user", content: SECRET }], user: SECRET }),
    "genspan.raw.response": JSON.stringify({ choices: [{ message: { content: SECRET } }] }),
    "genspan.raw.chunks": JSON.stringify([{ delta: SECRET }]),
    "genspan.stacktrace": JSON.stringify([{ file: "a.ts", lineno: 1, name: "f", line: `const k = "${SECRET}"` }]),
    "genspan.tags": [SECRET],
    "genspan.metadata.note": SECRET,
    [`header.${SECRET}`]: "x",
    "user.id": SECRET,
    "session.id": SECRET,
    "error.type": SECRET,
    "http.request.header.authorization": `Bearer ${SECRET}`,
    "http.request.header.x-custom-secret": PASSWORD.repeat(2),
    "url.full": `https://host/?next=%2Fa%3Fkey%3D${SECRET}&x=1`,
    "note.cut": `{"messages":[{"content":"use ${spelt(SECRET)} and`,
    "note.lines": `{"a":1}\n{"content":"${spelt(SECRET)}"}`,
    "note.keys": JSON.stringify({ [SECRET]: { [`x ${SECRET}`]: [SECRET] } }),
    "note.deep": JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ c: `{"d":"${spelt(SECRET)}"}` }) }) }),
    "note.data": `data:text/plain,${SECRET}`,
    "note.list": ["harmless", SECRET, `{"e":"${spelt(SECRET)}"}`],
    "db.password": PASSWORD,
    "db.connection": `postgres://shop:${PASSWORD}@db:5432/shop`,
    "card.number": CARD,
    "card.numbers": [1, CARD],
    "card.json": JSON.stringify({ number: CARD, password: PASSWORD }),
  };
  const root = tracer.startSpan(`invoke_agent ${SECRET}`, {
    attributes: { ...content, "gen_ai.operation.name": "invoke_agent" },
  });
  for (const operation of ["chat", "execute_tool", "retrieval", "embeddings", "text_completion"]) {
    const linked = { ...root.spanContext(), traceState: createTraceState(`vendor=${SECRET}`) };
    const span = tracer.startSpan(`${operation} ${SECRET}`, {
      attributes: { ...content, "gen_ai.operation.name": operation },
      links: [{ context: linked, attributes: { note: SECRET } }],
    });
    span.addEvent(SECRET, { "gen_ai.evaluation.name": SECRET });
    span.addEvent("gen_ai.evaluation.result", {
      "gen_ai.evaluation.name": "quality",
      "gen_ai.evaluation.score.label": SECRET,
      "gen_ai.evaluation.explanation": SECRET,
    });
    span.recordException({ name: "Error", message: SECRET, stack: `Error: ${SECRET}\n    at f (${SECRET}.js:1:1)` });
    span.setStatus({ code: SpanStatusCode.ERROR, message: `401 wrong key ${SECRET}` });
    span.end();
  }
  root.end();
}

export function provide(processor: GenAISpanProcessor): BasicTracerProvider {
  const resource = resourceFromAttributes({
    "service.name": `shop ${SECRET}`,
    "process.command_args": ["--key", SECRET],
  });
  return new BasicTracerProvider({ resource, spanProcessors: [processor] });
}
