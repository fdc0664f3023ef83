import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { Trace } from "../engine/trace.ts";
import { mapTrace, takes } from "../map-span.ts";
import { vendors } from "../registry.ts";
import type { VendorFormat } from "../vendor.ts";
import { digitsOf, marksIn } from "./loss/marked-attributes.ts";
import { markedTrace } from "./loss/marked-trace.ts";
import { type LossEntry, lossOf } from "./loss.ts";

/** The loss report beside the record itself: every value of the generated spans is found in it, or is not. */

const projectId = "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10";
const options: Readonly<Record<string, readonly object[]>> = {
  log10: [{ organizationId: "org_1" }, { organizationId: "org_1", feedback: { taskId: "task_1" } }],
  noveum: [{}, { dialect: "gateway" }],
  galileo: [{ projectId }],
  "galileo-ingest": [{ projectId }],
  cyberpod: [{}, { source: "otel" }],
};
const formats: readonly VendorFormat[] = vendors.flatMap((vendor) =>
  (options[vendor.name] ?? [{}]).map((given) => vendor.configure(given)),
);

/** 25 traces a format, each with some hundred records; 250 by `GENSPAN_LAW_RUNS=10000`. */
const numRuns = Number(process.env["GENSPAN_LAW_RUNS"] ?? 1000) / 40;

type Said = readonly (readonly [name: string, value: unknown])[];

/** Not as the report reads the span: the names and values that the producer set. */
function saidBy(span: GenAISpan): Said {
  const { source } = span;
  return [
    ["span.name", source.name],
    ["span.status.message", source.status.message ?? ""],
    ...Object.entries(source.attributes),
    ...source.events.map(({ name, attributes = {} }) => {
      const metric = attributes["gen_ai.evaluation.name"];
      return [metric === undefined ? `event:${name}` : `event:${name} ${String(metric)}`, attributes] as const;
    }),
    ...source.links.map(({ attributes }) => ["link", attributes] as const),
    ...Object.entries(source.resource.attributes).map(([name, value]) => [`resource:${name}`, value] as const),
    ["scope.name", source.instrumentationScope?.name],
    ["scope.version", source.instrumentationScope?.version],
  ];
}

function found(marks: readonly string[], text: string): readonly string[] {
  // Digits among letters are no number: a hash has some of every kind.
  const numbers = new Set((text.match(/(?<![\w.])\d+(?:\.\d+)?(?!\w)/g) ?? []).map(digitsOf));
  return marks.filter((mark) => text.includes(mark) || numbers.has(mark));
}

/** What stands at a place that the report names; the name of a field may say something too. */
function at(record: unknown, path: string): unknown {
  if (path === "") return record;
  if (typeof record !== "object" || record === null) return undefined;
  const inner = Object.entries(record).map(([key, value]) => {
    const name = Array.isArray(record) ? `[${key}]` : key;
    const rest = path.startsWith(name) ? path.slice(name.length) : undefined;
    if (rest === "" || rest?.startsWith("[")) return at(value, rest);
    return rest?.startsWith(".") ? at(value, rest.slice(1)) : undefined;
  });
  return inner.find((value) => value !== undefined);
}

/** Why an entry is not true; undefined for one that is. */
function lieOf({ fate, reason, places }: LossEntry, value: unknown, records: readonly object[]): string | undefined {
  const marks = marksIn(value);
  if (marks.length === 0) return undefined;
  const all = found(marks, JSON.stringify(records)).length;
  if (fate === "dropped") return all > 0 ? "is said to be dropped, but is there" : undefined;
  const record = records.length === 1 ? records[0] : records;
  const there = found(marks, JSON.stringify(places.map((place) => [place, at(record, place)]))).length;
  const isRounded = fate === "changed" && typeof value === "number";
  if (there === 0 && !isRounded) return `is said to be there, but is not: ${reason}`;
  if (fate !== "changed" && there < marks.length) return `is said to be there in full, but is not: ${reason}`;
  const isTold = reason.startsWith("not in full");
  return there < marks.length && !isRounded && !isTold ? `has lost something without a word: ${reason}` : undefined;
}

function liesOf(format: VendorFormat, span: GenAISpan, trace: Trace): readonly string[] {
  const results = mapTrace(format, trace).filter((result) => format.unit === "trace" || result.span === span);
  const records = takes(format, span) ? results.flatMap((result) => ("record" in result ? [result.record] : [])) : [];
  const entries = [...lossOf(format, span, trace)];
  if (records.length === 0) return entries.length === 0 ? [] : ["there is a report, but no record"];
  const current = JSON.stringify(Object.values(span.attributes));
  return saidBy(span).flatMap(([name, value]) => {
    const place = entries.findIndex(({ attribute }) => attribute === name);
    const [entry] = place < 0 ? [] : entries.splice(place, 1);
    const marks = marksIn(value);
    // Under its current name it is reported.
    const isRead = found(marks, current).length === marks.length;
    if (entry === undefined) return isRead ? [] : [`${name}: is not reported`];
    const lie = lieOf(entry, value, records);
    return lie === undefined ? [] : [`${name} of ${span.operation}: ${lie}`];
  });
}

describe("the loss report is true", () => {
  it.each(formats.map((format, index) => [`${format.name} (${index})`, format] as const))(
    "%s: what it names is where it says, what it calls dropped is nowhere, and nothing is left out",
    (_name, format) => {
      fc.assert(
        fc.property(markedTrace, (spans) => {
          const read = spans.map((span) => new GenAISpan(span));
          const trace = new Trace(read);
          expect(read.flatMap((span) => liesOf(format, span, trace))).toEqual([]);
        }),
        { numRuns },
      );
    },
    60_000,
  );
});

describe("the loss report", () => {
  const format = (name: string) => {
    const known = formats.find((one) => one.name === name);
    if (known === undefined) throw new Error(name);
    return known;
  };
  const chat = (attributes: object) =>
    new GenAISpan(
      spanOf({ attributes: { "gen_ai.operation.name": "chat", "gen_ai.request.model": "m", ...attributes } }),
    );
  const entryOf = (name: string, attribute: string, value: unknown) =>
    lossOf(format(name), chat({ [attribute]: value })).find((entry) => entry.attribute === attribute);

  it("does not take a field of the record for the user's attribute of the same name", () => {
    expect(entryOf("log10", "kind", "chat")?.fate).toBe("dropped");
    expect(entryOf("keywords-ai", "model", "m")).toMatchObject({ fate: "metadata", places: ["metadata.model"] });
  });

  it("says where a value stands, in other units too", () => {
    expect(entryOf("galileo", "gen_ai.response.time_to_first_chunk", 0.25)).toMatchObject({
      fate: "field",
      places: ["spans[0].metrics.time_to_first_token_ms"],
    });
  });

  it("names what is left out of content", () => {
    const parts = [
      { type: "reasoning", content: "let me think" },
      { type: "text", content: "Hello there" },
    ];
    const entry = entryOf("log10", "gen_ai.output.messages", JSON.stringify([{ role: "assistant", parts }]));
    expect(entry).toMatchObject({ fate: "changed", places: ["response.choices[0].message.content"] });
    expect(entry?.reason).toContain("not in full in `response.choices[0].message.content`: without `parts.content`");
  });

  it("tells of an attribute that another one hides", () => {
    const entries = lossOf(format("keywords-ai"), chat({ "user.id": "anna", "enduser.id": "somebody else" }));
    expect(entries.find(({ attribute }) => attribute === "enduser.id")?.fate).toBe("dropped");
  });
});
