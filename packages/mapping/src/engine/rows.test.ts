import { expect, it } from "vitest";
import { GenAISpan } from "./genai-span.ts";
import { constant, from, number, text, textOrOption, unavailable } from "./readers.ts";
import { describeRows, type Mapping, mapRows } from "./rows.ts";
import { spanOf } from "./testing.ts";
import { Trace } from "./trace.ts";

interface Example {
  readonly id: string;
  readonly kind: "chat";
  readonly user?: string;
  readonly never?: string;
  readonly tokens?: { readonly input?: number; readonly output?: number };
}

const mapping: Mapping<Example, { user?: string }> = {
  id: from("span id", ({ span }) => span.spanId),
  kind: constant("chat"),
  user: textOrOption("user.id", "user"),
  never: unavailable("no span carries it"),
  tokens: {
    source: "usage",
    rows: { input: number("in"), output: number("out", "out.old") },
  },
};

const inputOf = (attributes: Record<string, unknown>, options: { user?: string } = {}) => {
  const span = new GenAISpan(spanOf({ attributes }));
  return { span, trace: new Trace([span]), options };
};

it("fills rows, takes the first name that is set, and lets the attribute win over the option", () => {
  expect(mapRows(mapping, inputOf({ "user.id": "u1", in: 3, "out.old": "4" }, { user: "u2" }))).toEqual({
    id: "a2fb4a1d1a96d312",
    kind: "chat",
    user: "u1",
    tokens: { input: 3, output: 4 },
  });
});

it("leaves out what is absent, and an object of which every field is absent", () => {
  expect(mapRows(mapping, inputOf({ "user.id": "", in: Number.NaN }))).toEqual({
    id: "a2fb4a1d1a96d312",
    kind: "chat",
  });
});

it("describes every field, nested ones by path", () => {
  expect(describeRows(mapping)).toEqual([
    { field: "id", available: true, source: "span id" },
    { field: "kind", available: true, source: 'always `"chat"`' },
    { field: "user", available: true, source: "`user.id`, else option `user`" },
    { field: "never", available: false, source: "no span carries it" },
    { field: "tokens", available: true, source: "usage" },
    { field: "tokens.input", available: true, source: text("in").source },
    { field: "tokens.output", available: true, source: "`out`, else `out.old`" },
  ]);
});
