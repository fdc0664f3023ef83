import { readFileSync } from "node:fs";

/** Attributes whose values are found again: for tests, one of each of the conventions' and of ours, and unknown ones. */

interface Described {
  readonly id: string;
  readonly type: string;
}

interface Registry {
  readonly attributes: readonly Described[];
  readonly external_attributes: readonly Described[];
}

const registry = JSON.parse(
  readFileSync(new URL("../../../../semconv/registry/genai-registry.json", import.meta.url), "utf8"),
) as Registry;

const texts = (...ids: readonly string[]): readonly Described[] => ids.map((id) => ({ id, type: "string" }));
const counts = (...ids: readonly string[]): readonly Described[] => ids.map((id) => ({ id, type: "int" }));

const OURS: readonly Described[] = [
  ...texts("genspan.response.request_id", "genspan.request.path", "genspan.cost.source", "genspan.cost.price_date"),
  ...texts("genspan.metadata.team", "genspan.metadata.model", "genspan.organization.id", "genspan.project.name"),
  ...texts("genspan.thread.id", "genspan.group.id", "genspan.custom.id", "genspan.customer.name"),
  ...texts("genspan.customer.email", "genspan.api_key.id", "genspan.routing_rule", "genspan.episode.id"),
  ...texts("genspan.record.id", "genspan.record.trace_id", "genspan.request.hash"),
  ...["genspan.project.id", "genspan.log_stream.id", "genspan.experiment.id"].map((id) => ({ id, type: "uuid" })),
  ...["genspan.policy_decisions", "genspan.security_violations"].map((id) => ({ id, type: "json" })),
  ...["genspan.raw.request", "genspan.raw.response", "genspan.stacktrace"].map((id) => ({ id, type: id })),
  ...counts("genspan.usage.cache_write_5m.input_tokens", "genspan.usage.cache_write_1h.input_tokens"),
  { id: "genspan.cost.usd", type: "double" },
  { id: "genspan.tags", type: "string[]" },
  { id: "genspan.positive_feedback", type: "boolean" },
];

/** Names that fields of records have too, and names that nobody knows. */
const OTHERS: readonly Described[] = [
  ...texts("user.id", "session.id", "enduser.id", "url.path", "code.file.path", "code.function.name"),
  ...texts("galileo.session.id", "galileo.dataset.input", "respan.customer_params.name", "respan.foo"),
  ...texts("keywordsai.threads.thread_identifier", "exception.message", "error.message", "service.name"),
  ...texts("name", "model", "status", "metadata", "input", "type", "id", "content", "team", "evaluation.x"),
  ...texts("app.custom", "otel.trace_id"),
  ...counts("http.request.body.size", "code.line.number", "temperature", "app.count"),
  { id: "http.response.status_code", type: "status" },
  { id: "app.ratio", type: "double" },
  { id: "app.list", type: "string[]" },
];

/** The span says itself what it does and how it failed; a prefix is no name. */
const CONVENTIONS: readonly Described[] = [...registry.attributes, ...registry.external_attributes]
  .filter(({ id }) => !/^gen_ai\.(?:operation\.name$|evaluation)|^error\.type$/.test(id))
  .map((one) => (one.id === "gen_ai.prompt.variable" ? { id: "gen_ai.prompt.variable.city", type: "string" } : one));

const byId = new Map([...CONVENTIONS, ...OURS, ...OTHERS].map((one) => [one.id, one]));
export const ATTRIBUTES: readonly Described[] = [...byId.values()];

/** A text that stands nowhere else. */
export function mark(span: number, number: number, part = 0): string {
  return `mk${span}x${number}y${part}z`;
}

/** A number whose digits stand nowhere else. */
export function markedCount(span: number, number: number): number {
  return 70_000_001 + span * 1_000_000 + number * 10;
}

/** The value of the attribute of that place in {@link ATTRIBUTES} on the span of that place in its trace. */
export function markedValue(span: number, place: number): unknown {
  const { id, type } = ATTRIBUTES[place] ?? { id: "", type: "string" };
  const part = (number: number) => mark(span, place, number);
  const special = SPECIAL[id] ?? BY_TYPE[type];
  if (special !== undefined) return special(part, span, place);
  if (type === "int") return markedCount(span, place);
  return type === "double" ? Number(`0.${markedCount(span, place)}`) : part(0);
}

type Make = (part: (number: number) => string, span: number, place: number) => unknown;

const text = (content: string) => ({ type: "text", content });
const json = JSON.stringify;

const SPECIAL: Readonly<Record<string, Make>> = {
  "gen_ai.input.messages": (part) =>
    json([
      { role: "system", parts: [text(part(0))] },
      { role: "user", parts: [text(part(1)), { type: "uri", modality: "image", uri: `https://${part(2)}/` }] },
      { role: "assistant", parts: [{ type: "reasoning", content: part(3) }, call(part(4), part(5), part(6))] },
      { role: "tool", parts: [{ type: "tool_call_response", id: part(4), response: { said: part(7) } }] },
    ]),
  "gen_ai.output.messages": (part) =>
    json([
      {
        role: "assistant",
        parts: [{ type: "reasoning", content: part(0) }, text(part(1)), call(part(2), part(3), part(4))],
      },
      { role: "assistant", parts: [text(part(5))] },
    ]),
  "gen_ai.system_instructions": (part) => json([text(part(0))]),
  "gen_ai.tool.definitions": (part) =>
    json([{ type: "function", name: part(0), description: part(1), parameters: { type: "object", title: part(2) } }]),
  "gen_ai.tool.call.arguments": (part) => json({ a: part(0) }),
  "gen_ai.tool.call.result": (part) => json({ a: part(0) }),
  "gen_ai.retrieval.documents": (part) => json([{ content: part(0), id: part(1), score: 0.5 }]),
  "gen_ai.memory.records": (part) => json([{ content: part(0), id: part(1) }]),
  "gen_ai.output.type": () => "json",
  "gen_ai.provider.name": () => "openai",
  "gen_ai.response.finish_reasons": () => ["stop", "length"],
  "gen_ai.usage.input_tokens": (_part, span) => 900_000_001 + span * 100,
  "gen_ai.usage.output_tokens": (_part, span) => 800_000_001 + span * 100,
  "genspan.raw.request": (part) =>
    json({ model: "gpt-4o", messages: [{ role: "user", content: part(0) }], extra: part(1) }),
  "genspan.raw.response": (part) =>
    json({ id: part(0), choices: [{ index: 0, message: { role: "assistant", content: part(1) } }] }),
  "genspan.stacktrace": (part) => json([{ file: part(0), line: part(1), lineno: 12, name: part(2) }]),
};

const BY_TYPE: Readonly<Record<string, Make>> = {
  uuid: (_part, span, place) => `6e4c5bdf-8e9b-4f39-8b6a-${span}a${String(place).padStart(10, "0")}`,
  json: (part) => json({ rule: part(0), more: [part(1)] }),
  status: (_part, span) => 411 + span,
  boolean: () => true,
  "string[]": (part) => [part(0), part(1)],
};

function call(id: string, name: string, argument: string): object {
  return { type: "tool_call", id, name, arguments: { a: argument } };
}

/** The markers in a value, and the digits of a number. */
export function marksIn(value: unknown): readonly string[] {
  if (typeof value === "number") return [digitsOf(String(value))];
  const found = json(value)?.match(/mk\d+x\d+y\d+z|6e4c5bdf-8e9b-4f39-8b6a-\da\d{10}/g) ?? [];
  return [...new Set(found)];
}

/** Digits alone: other units move the point. */
export function digitsOf(number: string): string {
  return number.replace(/[-.]/g, "").replace(/^0+|0+$/g, "");
}
