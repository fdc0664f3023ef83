import { describe, expect, it } from "vitest";
import type { ReadableSpanLike } from "../readable-span.ts";
import { spanOf } from "../testing.ts";
import { adk } from "./documented/adk.ts";
import type { Documented, DocumentedCase } from "./documented/case.ts";
import { datadog } from "./documented/datadog.ts";
import { genkit } from "./documented/genkit.ts";
import { langfuse } from "./documented/langfuse.ts";
import { langsmith } from "./documented/langsmith.ts";
import { logfire, pydanticAI } from "./documented/logfire.ts";
import { mastra } from "./documented/mastra.ts";
import { openinference } from "./documented/openinference.ts";
import { openlit } from "./documented/openlit.ts";
import { openllmetry } from "./documented/openllmetry.ts";
import { anthropic, genai } from "./documented/others.ts";
import { sentry } from "./documented/sentry.ts";
import { strands } from "./documented/strands.ts";
import { vercel } from "./documented/vercel.ts";
import { vercel7 } from "./documented/vercel-7.ts";
import { normaliseAttributes } from "./normalise.ts";

const START = Date.parse("2026-11-20T10:15:30.010Z");

function readable({ scope, always = {} }: Documented, one: DocumentedCase): ReadableSpanLike {
  const attributes = Object.fromEntries(
    Object.entries({ ...always, ...one.attributes }).filter(([, value]) => value !== undefined),
  );
  return spanOf({
    name: one.name ?? "call",
    attributes,
    instrumentationScope: { name: one.scope ?? scope ?? "" },
    startTime: [Math.floor(START / 1e3), 10_000_000],
    events: (one.events ?? []).map(({ name, attributes: own = {}, millis = 0 }) => ({
      name,
      attributes: own as Readonly<Record<string, unknown>>,
      time: [Math.floor(START / 1e3), 10_000_000 + millis * 1e6],
    })),
  });
}

/** Structured values as they are, whether a span holds them or JSON text of them. */
function structured(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const ALL = [
  openinference,
  openllmetry,
  vercel,
  vercel7,
  langfuse,
  langsmith,
  logfire,
  pydanticAI,
  openlit,
  mastra,
  sentry,
  datadog,
  adk,
  genkit,
  strands,
  anthropic,
  genai,
];

describe.each(ALL.map((documented) => [`${documented.dialect}, ${documented.scope}`, documented] as const))(
  "a span of %s",
  (_name, documented) => {
    it.each(documented.cases.map((one) => [one.about, one] as const))("is understood: %s", (_about, one) => {
      const attributes = normaliseAttributes(readable(documented, one));
      const names = Object.keys(one.becomes);
      const found = Object.fromEntries(names.map((name) => [name, structured(attributes[name])]));
      const expected = Object.fromEntries(names.map((name) => [name, structured(one.becomes[name])]));
      expect(found).toEqual(expected);
    });
  },
);
