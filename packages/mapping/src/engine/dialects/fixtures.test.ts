import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ReadableSpanLike } from "../readable-span.ts";
import { spanOf } from "../testing.ts";
import { normaliseAttributes } from "./normalise.ts";

/** Dialects of which no package runs in the tests (`test/dialects` has the others): spans made by hand from their sources. */
interface Fixture {
  readonly source: string;
  readonly span: {
    readonly name: string;
    readonly scope: string;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly events?: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[];
  };
  /** Structured values stand as they are; on the span they are JSON text. */
  readonly normalised: Readonly<Record<string, unknown>>;
}

const directory = new URL("testdata/", import.meta.url);
const fixtures = readdirSync(directory).map((file) => {
  const fixture = JSON.parse(readFileSync(new URL(file, directory), "utf8")) as Fixture; // files of this folder
  return [file.replace(".json", ""), fixture] as const;
});

const STRUCTURED = /\.(messages|system_instructions|definitions|documents)$/;

describe("a span of", () => {
  it.each(fixtures)("%s has the form of the current conventions", (_name, { span, normalised }) => {
    const attributes = normaliseAttributes(readable(span));
    const read = Object.entries(attributes).map(([name, value]) => [
      name,
      STRUCTURED.test(name) ? (JSON.parse(String(value)) as unknown) : value,
    ]);
    expect(Object.fromEntries(read)).toEqual(normalised);
  });
});

function readable({ name, scope, attributes, events = [] }: Fixture["span"]): ReadableSpanLike {
  return spanOf({
    name,
    attributes,
    instrumentationScope: { name: scope },
    startTime: [Date.parse("2026-11-20T10:15:30.010Z") / 1e3 - 0.01, 10_000_000],
    events: events.map((event) => ({ ...event, time: [0, 0] })),
  });
}
