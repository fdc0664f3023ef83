import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { mapSpan, tracesOf } from "../map-span.ts";
import { findVendor } from "../registry.ts";
import type { VendorFormat } from "../vendor.ts";

/**
 * The vendors' own examples, and the records composed of their documents: decoded and made again, they must be what
 * they were but for the differences that are named here.
 */

type Json = Readonly<Record<string, unknown>>;

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
}

function list(path: string, field?: string): readonly Json[] {
  const value = read(path) as readonly Json[] | Json;
  const items = Array.isArray(value) ? (value as readonly Json[]) : [value as Json];
  return field === undefined ? items : items.map((item) => item[field] as Json);
}

function formatOf(name: string, options: object = {}): VendorFormat {
  const format = findVendor(name)?.configure(options);
  if (format === undefined) throw new Error(`no vendor ${name}`);
  return format;
}

/** Records again, each at the place of the one whose span it was made of. */
function remade(format: VendorFormat, records: readonly Json[]): readonly unknown[] {
  const roots = records.map((record) => format.decode(record).map((span) => new GenAISpan(span)));
  const traces = tracesOf(roots.flat());
  return roots.map((spans) => {
    const [span] = spans;
    const trace = traces.find(({ traceId }) => traceId === span?.traceId);
    const root = format.unit === "trace" ? trace?.root : span;
    if (root === undefined || trace === undefined) throw new Error("nothing was decoded");
    const result = mapSpan(format, root, trace);
    if (result.status === "failed") throw new Error(result.reason);
    return JSON.parse(JSON.stringify(result.record));
  });
}

function differences(before: unknown, after: unknown, path = ""): readonly string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const both = [before, after].every((value) => typeof value === "object" && value !== null);
  if (!both) {
    const kind = after === undefined ? "lost" : before === undefined ? "added" : "changed";
    return [`${kind} ${path}`];
  }
  const keys = new Set([...Object.keys(before as object), ...Object.keys(after as object)]);
  return [...keys].flatMap((key) =>
    differences((before as Json)[key], (after as Json)[key], path === "" ? key : `${path}.${key}`),
  );
}

const noveumSamples = read("noveum/testdata/vendor-sample.json") as readonly { dialect: string; record: Json }[];
const galileoIngest = list("galileo-ingest/testdata/vendor-sample.json").map((body) => ({
  project_id: "c0fb3b45-3246-4cbd-9887-a58e2749a005",
  ...body,
}));

interface Sample {
  readonly name: string;
  readonly format: VendorFormat;
  readonly records: readonly Json[];
  /** `<record> lost | added | changed <path>`. */
  readonly differences: readonly string[];
}

const samples: readonly Sample[] = [
  {
    name: "Log10",
    format: formatOf("log10"),
    records: list("log10/testdata/vendor-sample.json", "body"),
    differences: [
      "0 lost request.tool_choice", // no attribute of the conventions
      "1 changed status", // a call that has only started is no span
      "1 added tags.1", // ids and durations that the example left to the server
      "1 lost request.tool_choice",
      "1 added id",
      "1 added duration",
      "2 added id",
      "2 added tags",
      "2 added request", // of an update, which has the response only
      "3 added tags.1",
    ],
  },
  {
    name: "Noveum: the three examples of docs/logs.md",
    format: formatOf("noveum"),
    records: list("noveum/testdata/documented.records.json"),
    // What is put together of chunks is written in full.
    differences: ["2 added attributes.response.choices.0.index", "2 added attributes.response.usage"],
  },
  {
    name: "Noveum",
    format: formatOf("noveum"),
    records: noveumSamples.filter(({ dialect }) => dialect !== "gateway").map(({ record }) => record),
    differences: [],
  },
  {
    name: "Noveum's gateway",
    format: formatOf("noveum", { dialect: "gateway" }),
    records: noveumSamples.filter(({ dialect }) => dialect === "gateway").map(({ record }) => record),
    // The error's code stands in a text there, which the mapping does not look into.
    differences: ["1 changed attributes.metadata.provider_error_type"],
  },
  {
    name: "Keywords AI",
    format: formatOf("keywords-ai"),
    records: list("keywords-ai/testdata/vendor-sample.json"),
    differences: [
      "0 added status", // the example leaves it to the server
      "1 lost tool_choice", // no attribute of the conventions
      "1 added status",
      "1 added span_path", // likewise
      "2 added status",
      "2 added span_path",
      "3 added span_path",
      "4 added full_request", // where the text to embed and its vector are kept
      "4 added full_response",
      "4 added status",
      "4 added span_path",
    ],
  },
  {
    name: "Galileo, documented",
    format: formatOf("galileo"),
    records: list("galileo/testdata/vendor-sample.json"),
    differences: [
      "0 changed output", // the record does not say which span ended last
      "0 added metrics.duration_ms", // metrics take any key
      "0 added metrics.tokens_input",
      "0 added metrics.tokens_output",
      "0 added metrics.cost",
      "0 changed spans.0.trace_id", // the W3C id in the example, the trace's own as documented
      "0 changed spans.1.trace_id",
      "0 added spans.1.metrics.tokens_total",
      "0 added spans.1.metrics.cost",
      "0 added spans.1.metrics.cost_source",
      "0 added spans.1.metrics.cost_price_date",
      "0 changed spans.2.trace_id",
      "0 changed spans.3.trace_id",
    ],
  },
  {
    name: "Galileo, ingest",
    format: formatOf("galileo-ingest", { includeTraceIds: true }),
    records: galileoIngest,
    differences: [
      "0 changed client_version", // whose records are ours
      "0 added traces.0.spans.0.user_metadata.gen_ai.operation.name", // the type says it in the example
      "0 added traces.0.spans.0.tags.0", // of the trace alone in the example
      "0 added traces.0.spans.0.spans.0.user_metadata.gen_ai.operation.name",
      "0 added traces.0.spans.0.spans.0.user_metadata.genspan.cost.source",
      "0 added traces.0.spans.0.spans.0.user_metadata.genspan.cost.price_date",
      "0 lost traces.0.spans.0.spans.0.tags", // an empty list
      "0 added traces.0.spans.0.spans.0.metrics.cost", // from the price list
      "0 added traces.0.spans.0.spans.1.user_metadata.gen_ai.operation.name",
      "0 lost traces.0.spans.0.spans.1.tags",
      "0 lost traces.0.spans.0.spans.1.spans", // an empty list
      "0 added traces.0.spans.0.spans.2.user_metadata.gen_ai.operation.name",
      "0 lost traces.0.spans.0.spans.2.tags",
      "0 added traces.0.spans.0.spans.3.user_metadata.gen_ai.response.model",
      "0 lost traces.0.spans.0.spans.3.tags",
      "0 added traces.0.spans.0.status_code",
      "0 added session_id", // of the trace in the example
    ],
  },
  {
    name: "CyberPod",
    format: formatOf("cyberpod", { source: "otel", sourceType: "backend" }),
    records: list("cyberpod/testdata/vendor-sample.json", "writable"),
    differences: [
      "0 changed source", // with the ids, by the option
      "0 lost api_key_id", // `null` is absent
      "0 lost routing_rule",
      "0 lost episode_id",
      "1 changed source",
      "1 lost cache_hit", // follows from the count of cached tokens, which the example has not
      "1 added cost_usd", // from the price list
      "2 lost user_id",
      "2 changed source",
      "2 lost cache_hit",
      "3 lost user_id",
      "3 changed source",
    ],
  },
];

describe("the vendors' examples", () => {
  it.each(samples)(
    "$name comes back as it was, but for the differences named here",
    ({ format, records, differences: expected }) => {
      const again = remade(format, records);
      const found = records.flatMap((record, index) =>
        differences(record, again[index]).map((one) => `${index} ${one}`),
      );
      expect(found).toEqual(expected);
    },
  );
});
