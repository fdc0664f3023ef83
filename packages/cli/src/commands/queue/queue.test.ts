import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GenAISpanProcessor, otlp } from "@genspan/exporter";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { describe, expect, it } from "vitest";
import { directory, sink } from "../../../../../test/support/collector-and-spool.ts";
import { invoke } from "../../testing.ts";

/** Runs one command line on the spool. */
const queue = (...argv: readonly string[]) => invoke(["queue", ...argv], [], { GENSPAN_SPOOL_DIRECTORY: directory });

function start(protocol: "http/json" | "http/protobuf" = "http/json") {
  const destination = otlp({ url: `${sink.url}/v1/traces`, protocol });
  const processor = new GenAISpanProcessor({
    destinations: [destination],
    spool: { directory },
    shutdownTimeoutMillis: 4000,
  });
  return { processor, tracer: new BasicTracerProvider({ spanProcessors: [processor] }).getTracer("test") };
}

/** Leaves so many spans in the spool, or as dead letters. */
async function leave(names: readonly string[], protocol?: "http/protobuf"): Promise<void> {
  const { tracer, processor } = start(protocol);
  for (const name of names) tracer.startSpan(name).end();
  await processor.shutdown();
}

describe("genspan queue", () => {
  it("lists, shows and drains what a process left", async () => {
    sink.fail(503);
    await leave(["a", "b", "c"]);
    const { output } = await queue("ls", "--json");
    expect(JSON.parse(output)).toMatchObject([{ destination: "otlp", queued: 3, held: 0, dead: 0 }]);
    expect((await queue("ls")).output).toMatch(/^ *otlp +3 +0 /m);
    const shown = (await queue("show", "--limit", "2")).output.trim().split("\n");
    expect(shown.map((line) => JSON.parse(line).body.name)).toEqual(["a", "b"]);
    sink.fail(undefined);
    const drained = await queue("drain", "--to", `otlp:${sink.url}/v1/traces`);
    expect(drained).toMatchObject({ exitCode: 0, output: "otlp: 3 delivered, 0 given up, 0 left\n" });
    expect(drained.errors).toContain("otlp: 100 % of 3, 3 delivered");
    expect(sink.spans.map(({ name }) => name).sort()).toEqual(["a", "b", "c"]);
    expect(JSON.parse((await queue("ls", "--json")).output)).toEqual([]);
  });

  it("shows dead letters with their reasons, queues them again, and deletes them when it is told", async () => {
    sink.fail(404);
    await leave(["a", "b"]);
    const dead = (await queue("dead")).output.trim().split("\n");
    expect(dead.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ destination: "otlp", reason: "POST /v1/traces: HTTP 404", format: "otlp-traces" }),
      expect.anything(),
    ]);
    expect((await queue("retry")).output).toBe("2 dead letters are queued again\n");
    sink.fail(undefined);
    expect(await queue("drain", "--to", `otlp:${sink.url}/v1/traces`)).toMatchObject({ exitCode: 0 });
    expect(sink.spans).toHaveLength(2);
    sink.fail(404);
    await leave(["c"]);
    const stranger = await queue("dead", "-d", "otpl");
    expect(stranger).toMatchObject({ exitCode: 0, output: "" });
    expect(stranger.errors).toBe("genspan: nothing is there for otpl; the spool has records of otlp\n");
    expect(await queue("purge", "--dead")).toMatchObject({ exitCode: 2, errors: expect.stringContaining("add --yes") });
    expect((await queue("purge", "--dead", "--yes")).output).toBe("1 dead letters are deleted\n");
    expect((await queue("dead")).output).toBe("");
  });

  it("shows what is queued as protobuf as it would be in JSON", async () => {
    sink.fail(503);
    await leave(["a"], "http/protobuf");
    const { body } = JSON.parse((await queue("show")).output);
    expect(body).toMatchObject({ name: "a", spanId: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(body.startTimeUnixNano).toMatch(/^\d{19}$/);
  });

  it("says in a sentence what is wrong with its options", async () => {
    expect(await queue("ls")).toMatchObject({ exitCode: 2, errors: expect.stringContaining("there is no spool in") });
    await leave([]);
    const drain = ["drain", "--to", `otlp:${sink.url}/v1/traces`, "--timeout", "soon"];
    expect(await queue(...drain)).toMatchObject({
      exitCode: 2,
      errors: expect.stringContaining('--timeout is "soon"'),
    });
  });

  it("asks for one destination alone, and says what is left for others", async () => {
    sink.fail(503);
    await leave(["a"]);
    expect((await queue("ls", "-d", "other")).output).not.toContain("otlp");
    sink.fail(undefined);
    expect(await queue("drain", "--to", `other=otlp:${sink.url}/v1/traces`)).toMatchObject({
      output: "other: 0 delivered, 0 given up, 0 left\n",
      errors: expect.stringContaining("otlp: 1 left, since no --to names it"),
    });
    expect(sink.spans).toEqual([]);
  });

  it("says of what it deletes how much a running process may send all the same", async () => {
    sink.fail(401);
    const { tracer, processor } = start();
    for (const name of ["a", "b"]) tracer.startSpan(name).end();
    expect(await processor.store({ timeoutMillis: 10_000 })).toBe(true);
    expect((await queue("ls")).output).toMatch(/^ *otlp +2 +2 /m);
    expect((await queue("purge", "--yes")).output).toMatch(/^2 records are deleted\n2 of them are a running process's/);
    await processor.shutdown();
  });

  it.each([["ls"], ["drain", "--to", "otlp:http://127.0.0.1:9/v1/traces"]])(
    "leaves a file that it cannot read where it is, and says so: %s",
    async (...argv) => {
      await leave([]);
      const path = join(directory, "spool.db");
      writeFileSync(path, "this is no database, ".repeat(1000));
      expect(await queue(...argv)).toMatchObject({ exitCode: 2, errors: expect.stringContaining("is left as it is") });
      expect(readFileSync(path, "utf8")).toContain("this is no database");
    },
  );
});
