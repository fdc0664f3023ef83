import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { decodeOtlpTraces } from "@genspan/mapping";
import { KeywordsAIPayloadSchema } from "@keywordsai/keywordsai-sdk";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectGalileoIngest } from "./oracles/galileo-ingest.ts";

/** The demo as a newcomer runs it, and its records before judges that are not ours. */

const root = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "genspan-demo-"));
let output = { stdout: "", stderr: "" };

beforeAll(async () => {
  const program = join(root, "examples/support-agent/src/main.ts");
  output = await promisify(execFile)(process.execPath, ["--conditions=@genspan/source", program], {
    env: { ...process.env, GENSPAN_DEMO_DIR: folder, NO_COLOR: "1" },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Json = Record<string, unknown>;
const recordsOf = (name: string): readonly Json[] =>
  readFileSync(join(folder, `${name}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const testdata = (path: string): unknown => JSON.parse(readFileSync(join(root, "packages/mapping/src", path), "utf8"));

function documentedBy(path: string) {
  const ajv = new Ajv2020({ strict: false });
  ajv.addFormat("uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  const validate = ajv.compile(testdata(path) as Json);
  return (record: unknown) => (validate(record) ? [] : validate.errors);
}

describe("what the demo prints", () => {
  it("is the trace as a tree, with model, tokens, cost, time to the first chunk and the failed call", () => {
    const { stdout } = output;
    expect(stdout).toMatch(/^invoke_agent support-agent/m);
    expect(stdout).toMatch(/^├─ embeddings text-embedding-ada-002 .* 2 tokens · \$0\.0000002/m);
    expect(stdout).toMatch(/^├─ chat gpt-4o-mini .* gpt-4o-mini-2024-07-18 · 80 → 18 tokens · \$0\.00002/m);
    expect(stdout).toMatch(/^├─ execute_tool get_current_weather/m);
    expect(stdout).toMatch(
      /^├─ chat gpt-4o .* 1420 → 100 tokens \(1280 cached\) · \$0\.00\d+ · first chunk after \d+ ms/m,
    );
    expect(stdout).toMatch(/^└─ chat google\/gemini-2\.0-flash-exp:free .* ERROR RateLimitError \(HTTP 429\)/m);
  });

  it("says how much every destination got, and has no complaint", () => {
    for (const name of ["log10", "noveum", "keywords-ai", "galileo", "galileo-ingest", "cyberpod", "otlp"]) {
      expect(output.stdout).toMatch(new RegExp(`^${name} +[1-9]\\d* records? +\\d+ × POST .*${name}\\.jsonl`, "m"));
    }
    expect(output.stderr).toBe("");
  });
});

describe("what the demo delivers", () => {
  it("to Log10 is valid by the documented schema, with stack traces", () => {
    const records = recordsOf("log10");
    expect(records).toHaveLength(4);
    const faultsOf = documentedBy("log10/testdata/documented.schema.json");
    for (const record of records) {
      expect(faultsOf(record)).toEqual([]);
      expect(record["stacktrace"]).toContainEqual(
        expect.objectContaining({ file: expect.stringMatching(/agent\.ts$/) }),
      );
    }
    expect(records.map((record) => record["status"])).toEqual(["finished", "finished", "finished", "failed"]);
    expect(records[3]).toMatchObject({
      failure_kind: "RateLimitError",
      session_id: "ticket-1234",
      tags: expect.arrayContaining(["demo"]),
    });
  });

  it("to Keywords AI is valid by the vendor's own schema", () => {
    const records = recordsOf("keywords-ai");
    expect(records).toHaveLength(7);
    for (const record of records) expect(KeywordsAIPayloadSchema.safeParse(record).error).toBeUndefined();
    const types = records.map((record) => record["log_type"]);
    expect(new Set(types)).toEqual(new Set(["agent", "chat", "embedding", "tool"]));
    expect(new Set(records.map((record) => record["trace_unique_id"])).size).toBe(1);
  });

  it("to Noveum has the fields of the documented examples, with the streamed chunks", () => {
    const examples = testdata("noveum/testdata/documented.records.json") as readonly { attributes: Json }[];
    const known = new Set(examples.flatMap(({ attributes }) => Object.keys(attributes)));
    const records = recordsOf("noveum") as readonly { attributes: Json; timestamp: string; name: string }[];
    expect(records).toHaveLength(5);
    for (const { attributes, timestamp, name } of records) {
      expect(name).toBe("ai_gateway_request_log");
      expect(Date.parse(timestamp)).not.toBeNaN();
      for (const field of Object.keys(attributes)) expect(known).toContain(field);
      expect(attributes).toMatchObject({
        provider: expect.any(String),
        model: expect.any(String),
        metadata: { latency: expect.any(Number) },
      });
    }
    const streamed = records.filter(({ attributes }) => (attributes["response"] as Json)?.["streamed_data"]);
    expect(streamed).toHaveLength(1);
  });

  it("to Galileo is one valid trace with its spans", () => {
    const records = recordsOf("galileo");
    expect(records).toHaveLength(1);
    expect(documentedBy("galileo/testdata/documented.schema.json")(records[0])).toEqual([]);
    expect(records[0]?.["spans"]).toHaveLength(7);
  });

  it("to Galileo's ingest is what the vendor's generated client would send", () => {
    const records = recordsOf("galileo-ingest");
    expect(records).toHaveLength(1);
    for (const record of records) expectGalileoIngest(record);
  });

  it("to CyberPod has documented fields of the documented types only", () => {
    const documented = testdata("cyberpod/testdata/documented-fields.json") as readonly {
      field: string;
      type: string;
    }[];
    const types = new Map(documented.map(({ field, type }) => [field, type]));
    const records = recordsOf("cyberpod");
    expect(records).toHaveLength(7);
    for (const record of records) {
      for (const [field, value] of Object.entries(record)) {
        const type = types.get(field);
        expect([field, type]).toEqual([field, expect.any(String)]);
        if (type === "number" || type === "boolean") expect([field, typeof value]).toEqual([field, type]);
      }
    }
  });

  it("over OTLP is the whole trace under one root", () => {
    const spans = recordsOf("otlp").flatMap((request) => {
      const decoded = decodeOtlpTraces(request);
      return decoded.status === "decoded" ? decoded.spans : [];
    });
    expect(spans).toHaveLength(7);
    const roots = spans.filter((span) => span.parentSpanContext === undefined);
    expect(roots.map(({ name }) => name)).toEqual(["invoke_agent support-agent"]);
    const rootId = roots[0]?.spanContext().spanId;
    expect(spans.filter((span) => span.parentSpanContext?.spanId === rootId)).toHaveLength(6);
  });
});
