import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spansOf } from "@genspan/mocks";
import { KeywordsAIPayloadSchema } from "@keywordsai/keywordsai-sdk";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientSchema as log10ClientSchema } from "../../packages/mapping/src/log10/testing.ts";
import { expectCyberPod } from "./oracles/cyberpod.ts";
import { expectGalileoIngest } from "./oracles/galileo-ingest.ts";
import { expectNoveumPart, expectNoveumSuccess } from "./oracles/noveum.ts";
import { type ProgramRun, runProgram } from "./run-program.ts";

/** The demo as a newcomer runs it, and its records before judges that are not ours. */

const folder = mkdtempSync(join(tmpdir(), "genspan-demo-"));
let output: ProgramRun;

beforeAll(async () => {
  output = await runProgram("examples/support-agent", ["src/main.ts"], { GENSPAN_DEMO_DIR: folder, NO_COLOR: "1" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Json = Record<string, unknown>;
const recordsOf = (name: string): readonly Json[] =>
  readFileSync(join(folder, `${name}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const testdata = (path: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../packages/mapping/src/${path}`, import.meta.url)), "utf8"));

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
    const arrived = {
      log10: "4 records",
      noveum: "5 records",
      "keywords-ai": "7 records",
      galileo: "1 record",
      "galileo-ingest": "1 record",
      cyberpod: "7 records",
      otlp: "7 spans",
    };
    for (const [name, count] of Object.entries(arrived)) {
      expect(output.stdout).toMatch(new RegExp(`^${name} +${count} +[1-9]\\d* × POST .*${name}\\.jsonl$`, "m"));
    }
    expect(output).toMatchObject({ exitCode: 0, stderr: "" });
    expect(output.stdout).not.toContain("\u001b"); // no colours: this is no terminal
  });
});

describe("what the demo delivers", () => {
  it("to Log10 is valid by the documented schema and by the rules of the vendor's client, with stack traces", () => {
    const records = recordsOf("log10");
    expect(records).toHaveLength(4);
    const faultsOf = documentedBy("log10/testdata/documented.schema.json");
    for (const record of records) {
      expect(faultsOf(record)).toEqual([]);
      expect(log10ClientSchema.safeParse(record).error).toBeUndefined();
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

  it("to Noveum has the shape of the documented examples, with the streamed chunks", () => {
    const records = recordsOf("noveum") as readonly { attributes: Json & { metadata: Json } }[];
    const chats = records.filter(({ attributes }) => attributes.metadata["status"] === "success").slice(1);
    expect(records).toHaveLength(5);
    expect(chats).toHaveLength(3);
    for (const record of chats) expectNoveumSuccess(record);
    for (const record of records) expectNoveumPart(record);
    expect(records[4]).toMatchObject({
      attributes: { metadata: { status: "error" }, response: { error: { type: "RateLimitError" } } },
    });
    const streamed = records.map(({ attributes }) => (attributes["response"] as Json)["streamed_data"]);
    expect(streamed.filter((chunks) => chunks !== undefined)).toEqual([
      expect.arrayContaining([expect.objectContaining({ object: "chat.completion.chunk" })]),
    ]);
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

  it("to CyberPod has fields of the vendor's table only, each of its type", () => {
    const records = recordsOf("cyberpod");
    expect(records).toHaveLength(7);
    for (const record of records) expectCyberPod(record);
    expect(records.filter((record) => record["finish_reason"] === "error")).toHaveLength(1);
    expect(records.filter((record) => record["request_hash"] !== undefined)).toHaveLength(5);
  });

  it("over OTLP is the whole trace under one root, with whose it is on every span", () => {
    const spans = recordsOf("otlp").flatMap((request) => spansOf(request));
    expect(spans).toHaveLength(7);
    const roots = spans.filter((span) => span.parentSpanId === undefined);
    expect(roots.map(({ name }) => name)).toEqual(["invoke_agent support-agent"]);
    for (const span of spans) {
      expect(span).toMatchObject({
        traceId: roots[0]?.traceId,
        resource: { "service.name": "support-agent" },
        attributes: { "user.id": "customer-7", "session.id": "session-42", "gen_ai.conversation.id": "ticket-1234" },
      });
      if (span !== roots[0]) expect(span.parentSpanId).toBe(roots[0]?.spanId);
    }
    const failed = spans.filter(({ status }) => status.code === 2);
    expect(failed).toMatchObject([
      { name: "chat google/gemini-2.0-flash-exp:free", attributes: { "http.response.status_code": 429 } },
    ]);
  });
});
