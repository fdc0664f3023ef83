import fc from "fast-check";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";

/** Traces as instrumentations make them, for property tests: one root with calls of models, tools and agents below. */

const word = fc.stringMatching(/^[a-zäöü][a-zA-Zäöü0-9_-]{0,11}$/);
const text = fc.oneof(
  word,
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.constantFrom('{"a":1}', "[1,2]", "7", "true", "zwei\nZeilen"),
);
const count = fc.integer({ min: 0, max: 100_000 });
const json = fc.oneof(
  fc.dictionary(word, fc.oneof(word, fc.integer(), fc.boolean()), { maxKeys: 3 }),
  fc.array(fc.integer(), { maxLength: 3 }),
  text,
);

const part = fc.oneof(
  { weight: 4, arbitrary: text.map((content) => ({ type: "text", content })) },
  text.map((content) => ({ type: "reasoning", content })),
  fc.record({ type: fc.constant("tool_call"), id: word, name: word, arguments: json }),
  fc.record({
    type: fc.constant("uri"),
    modality: fc.constant("image"),
    uri: word.map((name) => `https://host/${name}`),
  }),
  fc.record({
    type: fc.constant("blob"),
    modality: fc.constant("image"),
    mime_type: fc.constantFrom("image/png", "image/jpeg"),
    content: fc.constantFrom("aGVsbG8=", "d29ybGQ="),
  }),
  fc.record({ type: fc.constant("file"), modality: fc.constant("document"), file_id: word }),
);
const toolResponse = fc.record({ type: fc.constant("tool_call_response"), id: word, response: json });
const said = (role: string) =>
  fc.record({ role: fc.constant(role), parts: fc.array(part, { minLength: 1, maxLength: 3 }) });
const inputMessages = fc.array(
  fc.oneof(
    said("user"),
    said("assistant"),
    said("system"),
    fc.record({ role: fc.constant("tool"), parts: fc.array(toolResponse, { minLength: 1, maxLength: 2 }) }),
  ),
  { minLength: 1, maxLength: 4 },
);
const serverTool = fc
  .record({ id: word, name: word, result: fc.dictionary(word, word, { maxKeys: 2 }) })
  .map(({ id, name, result }) => [
    { type: "server_tool_call", id, name, server_tool_call: { type: name, code: "x" } },
    { type: "server_tool_call_response", id, server_tool_call_response: { type: name, ...result } },
  ]);
const outputMessages = fc.array(
  fc.record({
    role: fc.constant("assistant"),
    parts: fc.oneof(
      { weight: 3, arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }) },
      fc.tuple(fc.array(part, { maxLength: 2 }), serverTool).map(([parts, calls]) => [...parts, ...calls]),
    ),
  }),
  { minLength: 1, maxLength: 2 },
);
const toolDefinitions = fc.array(
  fc.record({
    type: fc.constant("function"),
    name: word,
    description: text,
    parameters: fc.constant({ type: "object" }),
  }),
  { minLength: 1, maxLength: 2 },
);

const usage = fc
  .record({ input: count, output: count, cached: fc.nat(50), written: fc.nat(50), reasoning: fc.nat(50) })
  .map(({ input, output, cached, written, reasoning }) => ({
    "gen_ai.usage.input_tokens": input + cached + written,
    "gen_ai.usage.output_tokens": output + reasoning,
    "gen_ai.usage.cache_read.input_tokens": cached,
    "gen_ai.usage.cache_write.input_tokens": written,
    "gen_ai.usage.reasoning.output_tokens": reasoning,
  }));

const jsonText = (value: fc.Arbitrary<unknown>) => value.map((one) => JSON.stringify(one));
const some = { requiredKeys: [] };

const callAttributes = fc.record(
  {
    "gen_ai.request.model": fc.constantFrom("gpt-4o-mini", "claude-sonnet-4-5", "my-model"),
    "gen_ai.response.model": fc.constantFrom("gpt-4o-mini-2024-07-18", "my-model", "org/model"),
    "gen_ai.provider.name": fc.constantFrom("openai", "anthropic", "aws.bedrock", "gcp.gemini", "x_ai", "own"),
    "gen_ai.request.temperature": fc.constantFrom(0, 0.2, 1),
    "gen_ai.request.top_p": fc.constantFrom(0.5, 1),
    "gen_ai.request.max_tokens": count,
    "gen_ai.request.seed": count,
    "gen_ai.request.stream": fc.boolean(),
    "gen_ai.request.choice.count": fc.integer({ min: 1, max: 4 }),
    "gen_ai.request.stop_sequences": fc.array(word, { minLength: 1, maxLength: 2 }),
    "gen_ai.output.type": fc.constantFrom("json", "text"),
    "gen_ai.response.id": word,
    "gen_ai.response.finish_reasons": fc.array(fc.constantFrom("stop", "length", "tool_call", "content_filter"), {
      minLength: 1,
      maxLength: 2,
    }),
    "gen_ai.response.time_to_first_chunk": fc.constantFrom(0.25, 1.5),
    "gen_ai.system_instructions": jsonText(text.map((content) => [{ type: "text", content }])),
    "gen_ai.input.messages": jsonText(inputMessages),
    "gen_ai.output.messages": jsonText(outputMessages),
    "gen_ai.tool.definitions": jsonText(toolDefinitions),
    "gen_ai.conversation.id": word,
    "user.id": word,
    "genspan.tags": fc.array(word, { minLength: 1, maxLength: 2 }),
    "genspan.metadata.team": word,
    "genspan.organization.id": fc.constant("org_1"),
    "genspan.cost.usd": fc.constantFrom(0.001, 0.25),
  },
  some,
);
const toolAttributes = fc.record(
  {
    "gen_ai.tool.name": word,
    "gen_ai.tool.call.id": word,
    // As text: a value that is one already is not quoted.
    "gen_ai.tool.call.arguments": json.map((value) => (typeof value === "string" ? value : JSON.stringify(value))),
    "gen_ai.tool.call.result": json.map((value) => (typeof value === "string" ? value : JSON.stringify(value))),
  },
  some,
);
const agentAttributes = fc.record(
  {
    "gen_ai.agent.name": word,
    "gen_ai.input.messages": jsonText(inputMessages),
    "gen_ai.output.messages": jsonText(outputMessages),
  },
  some,
);
const retrievalAttributes = fc.record(
  {
    "gen_ai.retrieval.query.text": word,
    "gen_ai.retrieval.documents": jsonText(
      fc.array(fc.record({ content: word, id: word, score: fc.constantFrom(0.5, 1) }), { minLength: 1, maxLength: 2 }),
    ),
  },
  some,
);

type Attributes = Record<string, unknown>;

const operation = (name: string, own: fc.Arbitrary<Attributes>) =>
  own.map((attributes) => ({ "gen_ai.operation.name": name, ...attributes }));
const call = (name: string) =>
  operation(
    name,
    fc.tuple(callAttributes, fc.option(usage, { nil: {} })).map(([own, tokens]) => ({ ...own, ...tokens })),
  );

const modelCall: fc.Arbitrary<Attributes> = fc.oneof(call("chat"), call("chat"), call("text_completion"));

const anyStep: fc.Arbitrary<Attributes> = fc.oneof(
  { weight: 3, arbitrary: modelCall },
  operation("execute_tool", toolAttributes),
  operation("invoke_agent", agentAttributes),
  operation("retrieval", retrievalAttributes),
  operation("plan", agentAttributes),
);

interface Step {
  readonly attributes: Attributes;
  readonly millis: number;
  readonly failure: { readonly type: string; readonly message: string } | undefined;
  readonly parent: number;
  readonly evaluations: readonly Attributes[];
}

const evaluation: fc.Arbitrary<Attributes> = fc.oneof(
  fc.record({ "gen_ai.evaluation.name": word, "gen_ai.evaluation.score.value": fc.constantFrom(0, 0.5, 4) }),
  fc.record({ "gen_ai.evaluation.name": word, "gen_ai.evaluation.score.label": fc.constantFrom("pass", "zu kurz") }),
  fc.record({
    "gen_ai.evaluation.name": word,
    "gen_ai.evaluation.score.value": fc.constantFrom(0, 1),
    "gen_ai.evaluation.score.label": fc.constantFrom("pass", "fail"),
    "gen_ai.evaluation.explanation": text,
  }),
);

const step = (attributes: fc.Arbitrary<Attributes>): fc.Arbitrary<Step> =>
  fc.record({
    attributes,
    millis: fc.integer({ min: 0, max: 100_000 }),
    failure: fc.option(fc.record({ type: fc.constantFrom("429", "timeout"), message: word }), {
      nil: undefined,
      freq: 6,
    }),
    parent: fc.nat(10),
    evaluations: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.uniqueArray(evaluation, { maxLength: 2, selector: (one) => one["gen_ai.evaluation.name"] }),
    ),
  });

const TRACE_ID = fc.stringMatching(/^[0-9a-f]{32}$/).filter((id) => !/^0+$/.test(id));

/** One trace: its first span is the root, and every other one hangs on one before it. */
export const generatedTrace: fc.Arbitrary<readonly ReadableSpanLike[]> = fc
  .tuple(TRACE_ID, fc.array(step(anyStep), { minLength: 1, maxLength: 5 }))
  .map(([traceId, steps]) => spansOf(traceId, steps));

function spansOf(traceId: string, steps: readonly Step[]): readonly ReadableSpanLike[] {
  const spanIdAt = (index: number) => (index + 1).toString(16).padStart(16, "a");
  return steps.map(({ attributes, millis, failure, parent, evaluations }, index) => {
    const model = attributes["gen_ai.request.model"];
    const isRoot = index === 0;
    return spanOf({
      traceId,
      spanId: spanIdAt(index),
      ...(!isRoot && {
        parentSpanContext: { traceId, spanId: spanIdAt(parent % index), traceFlags: 1 },
      }),
      name: [attributes["gen_ai.operation.name"], model ?? ""].join(" ").trim(),
      startTime: [1_795_169_730, index * 1_000_000],
      endTime: [1_795_169_730 + Math.floor(millis / 1e3), index * 1_000_000 + (millis % 900) * 1_000_000],
      duration: [0, 0],
      status: failure === undefined ? { code: 0 } : { code: 2, message: failure.message },
      attributes: { ...attributes, ...(failure !== undefined && { "error.type": failure.type }) },
      events: evaluations.map((one) => ({ name: "gen_ai.evaluation.result", time: [0, 0], attributes: one })),
      resource: { attributes: { "service.name": "shop", "service.version": "1.2.3" } },
    });
  });
}
