import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { Trace } from "../engine/trace.ts";
import { mapTrace } from "../map-span.ts";
import { vendors } from "../registry.ts";
import type { VendorFormat } from "../vendor.ts";
import { generatedTrace } from "./testing.ts";

const options: Readonly<Record<string, object>> = {
  log10: { organizationId: "org_1", tags: ["from:test"] },
  noveum: { projectId: "project_1" },
  galileo: { projectId: "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10" },
  "galileo-ingest": {
    projectId: "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10",
    logStreamId: "0f1e2d3c-4b5a-4968-8776-655443322110",
  },
};

const formats: readonly VendorFormat[] = [
  ...vendors.map((vendor) => vendor.configure(options[vendor.name])),
  ...vendors
    .filter(({ name }) => name === "noveum")
    .map((vendor) => vendor.configure({ ...options["noveum"], dialect: "gateway" })),
  ...vendors
    .filter(({ name }) => name === "log10")
    .map((vendor) => vendor.configure({ ...options["log10"], feedback: { taskId: "task_1" } })),
];

/** 10,000 generated traces a format by `GENSPAN_LAW_RUNS=10000`. */
const numRuns = Number(process.env["GENSPAN_LAW_RUNS"] ?? 1000);

function encode(format: VendorFormat, spans: readonly ReadableSpanLike[]): readonly object[] {
  return mapTrace(format, new Trace(spans.map((span) => new GenAISpan(span)))).map((result) => {
    if (result.status === "failed") throw new Error(result.reason);
    return result.record;
  });
}

/** Records of a trace come in the order in which their spans began, which not every record knows. */
function inOrder(records: readonly unknown[]): readonly unknown[] {
  return [...records].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** The documented Trace of Galileo does not say the provider: a price that was not known may be guessed afterwards. */
function withCost(span: ReadableSpanLike): ReadableSpanLike {
  return { ...span, attributes: { "genspan.cost.usd": 0.5, ...span.attributes } };
}

describe("decode is the way back of encode", () => {
  it.each(formats.map((format, index) => [`${format.name} (${index})`, format] as const))(
    "%s: a record that is made of a decoded record is the same record",
    (_name, format) => {
      fc.assert(
        fc.property(generatedTrace, (spans) => {
          const records = encode(format, format.name === "galileo" ? spans.map(withCost) : spans);
          const wire = JSON.parse(JSON.stringify(records)) as unknown[];
          const decoded = wire.flatMap((record) => [...format.decode(record)]);
          const again = JSON.parse(JSON.stringify(encode(format, decoded))) as unknown[];
          expect(inOrder(again)).toEqual(inOrder(wire));
        }),
        { numRuns },
      );
    },
    60_000,
  );

  it.each(formats.map((format, index) => [`${format.name} (${index})`, format] as const))(
    "%s: nothing that is not a record of the vendor makes it throw",
    (_name, format) => {
      fc.assert(
        fc.property(fc.jsonValue(), fc.anything(), (json, anything) => {
          for (const span of [...format.decode(json), ...format.decode(anything)]) {
            expect(span.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/);
            expect(span.spanContext().spanId).toMatch(/^[0-9a-f]{16}$/);
          }
        }),
        { numRuns: Math.min(numRuns, 300) },
      );
    },
  );
});
