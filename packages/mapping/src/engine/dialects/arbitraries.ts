import fc from "fast-check";
import type { ReadableSpanLike } from "../readable-span.ts";
import { spanOf } from "../testing.ts";
import { DIALECTS } from "./registry.ts";

/** Spans for the laws: names of every dialect beside names of nobody, with values that fit and values that do not. */

/** 1000 cases in CI; `GENSPAN_LAW_RUNS=10000` for more. */
export const RUNS: number = Number(process.env["GENSPAN_LAW_RUNS"] ?? 1000);

const HOSTILE_TEXTS = [
  '{"messages":[{"role":"user","content":"cut',
  "[[[[[[[[",
  "{}",
  "null",
  '"',
  '{"__proto__":{"polluted":true}}',
  '[{"role":"__proto__","parts":"x"}]',
  "\ud800",
  "NaN",
  " 12 ",
  "1e999",
  "",
];

const MESSAGES = [
  [{ role: "user", content: "hi" }],
  [{ role: "assistant", content: null, tool_calls: [{ id: "c", function: { name: "f", arguments: '{"a":1}' } }] }],
  [{ role: "tool", tool_call_id: "c", content: "4" }],
  [{ role: "user", parts: [{ type: "text", content: "hi" }] }],
  [{ role: "assistant", parts: [{ type: "thinking", content: "hm" }], finish_reason: "tool-calls" }],
  [{ type: "function_call", call_id: "c", name: "f", arguments: "{}" }],
  [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,QQ==" } }] }],
  [{ role: "user", parts: [{ type: "text", content: '[{"role":"user","content":"nested"}]' }] }],
  [{ role: "user", parts: [{ type: "blob", modality: "image", content: "data:image/png;base64,data:a,QQ==" }] }],
  [
    {
      role: "user",
      parts: [
        { type: "image", url: "https://x/y.png" },
        { type: "file", file: 3 },
      ],
    },
  ],
  { messages: [{ role: "system", content: "s" }], tools: [{ type: "function", function: { name: "f" } }] },
  { lc: 1, id: ["HumanMessage"], kwargs: { content: "hi" } },
  { input: 10, output: 2, total: 20, input_cached_tokens: 3, output_reasoning_tokens: 5 },
  [{ name: "f", inputSchema: { jsonSchema: { type: "object" } } }, "{}", 1],
];

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...MESSAGES.map((one) => JSON.stringify(one))) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(...MESSAGES) },
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>("chat", "LLM", "generation", "anthropic", "tool_calls", "openai.chat", "user"),
  },
  { weight: 2, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.string({ unit: "binary" })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(Number.NaN, undefined, null, [], ["stop"], ["tool_use", 3], 5n, new Map()),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

const index = fc.oneof(fc.nat(4).map(String), fc.constantFrom("4294967295", "99999999999999999999", "-1", "01", "x"));

/** Every name that a table has. */
const tableNames = DIALECTS.flatMap(({ rows, markers, prefixes = [] }) => [
  ...rows.flatMap(({ from, to = [] }) => [from, ...(typeof to === "string" ? [to] : to)]),
  ...markers,
  ...prefixes.flatMap(({ prefix, keys }) => [...Object.keys(keys), "other", "__proto__"].map((key) => prefix + key)),
]);
const flattenedPaths = DIALECTS.flatMap(({ flattened = [] }) =>
  flattened.flatMap(({ prefix, paths }) =>
    [...paths, "nobody.knows", "content.0.text"].map((path) => `${prefix}#.${path}`),
  ),
);
const flattenedName = fc
  .tuple(fc.constantFrom(...flattenedPaths), index, index)
  .map(([path, first, second]) => path.replace("#", first).replace("#", second));

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...tableNames) },
  { weight: 5, arbitrary: flattenedName },
  {
    weight: 2,
    arbitrary: fc.constantFrom("__proto__", "constructor", "toString", "", "gen_ai", "app.custom", "gen_ai.prompt."),
  },
  { weight: 1, arbitrary: fc.string() },
);

const scopes = [...DIALECTS.flatMap((dialect) => dialect.scopes.map((scope) => scope.replace("*", "x"))), "app", ""];
const eventNames = [
  "gen_ai.user.message",
  "gen_ai.tool.message",
  "gen_ai.choice",
  "gen_ai.content.prompt",
  "gen_ai.client.inference.operation.details",
  "exception",
];

const attributes = fc
  .array(fc.tuple(name, value), { maxLength: 14 })
  .map((entries) => Object.fromEntries(entries) as Record<string, unknown>);

const markers: fc.Arbitrary<Record<string, unknown>> = fc.constantFrom<Record<string, unknown>>(
  {},
  { "openinference.span.kind": "LLM" },
  { "openinference.span.kind": "TOOL" },
  { "langfuse.observation.type": "generation" },
  { "ai.operationId": "ai.streamText.doStream" },
  { "ai.operationId": "ai.generateText" },
  { "mastra.span.type": "model_generation" },
  { "traceloop.span.kind": "agent" },
  { "langsmith.span.kind": "retriever" },
  { "gen_ai.operation.name": "chat" },
  { "gen_ai.operation.name": "retrieval" },
);

export const anySpan: fc.Arbitrary<ReadableSpanLike> = fc
  .record({
    attributes,
    marker: markers,
    scope: fc.constantFrom(...scopes),
    name: fc.constantFrom("chat", "agent run", "OpenAI.chat", "OpenAI.embeddings"),
    events: fc.array(fc.record({ name: fc.constantFrom(...eventNames), attributes }), { maxLength: 2 }),
  })
  .map(({ attributes: own, marker, scope, name: spanName, events }) =>
    spanOf({
      name: spanName,
      attributes: { ...own, ...marker },
      instrumentationScope: { name: scope },
      events: events.map((event) => ({ ...event, time: [0, 0] as const as [number, number] })),
    }),
  );
