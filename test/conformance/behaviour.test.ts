/**
 * Every behaviour case, with and without instrumentation, for each supported major version of the client library in both module
 * formats. An application must not be able to tell the difference, and every call must leave exactly one complete span.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BehaviourServer, startBehaviourServer } from "../support/behaviour-server.ts";
import {
  type ClientCopies,
  createClientCopies,
  FORMATS,
  type Format,
  VERSIONS,
  type Version,
} from "./behaviour/client-copies.ts";
import { type CaseVerdict, judge, type RunReport, type Verdict } from "./behaviour/report.ts";
import { type Mode, runChild } from "./behaviour/run-child.ts";
import { CASES } from "./cases.ts";

let server: BehaviourServer;
let copies: ClientCopies;
const table: { row: string; verdicts: readonly CaseVerdict[] }[] = [];

beforeAll(async () => {
  server = await startBehaviourServer();
  copies = createClientCopies();
});
afterAll(async () => {
  console.log(printTable());
  copies.remove();
  await server.close();
});

const sessionOf = (version: Version, format: Format, mode: Mode): string => `${version}-${format}-${mode}`;

const runs = new Map<string, Promise<RunReport>>();

/** Each kind of run is made once: the server keeps what it saw by session. */
function run(version: Version, format: Format, mode: Mode): Promise<RunReport> {
  const session = sessionOf(version, format, mode);
  const url = `${server.url}/${session}`;
  const report = runs.get(session) ?? runChild({ entry: copies.entry(version, format), version, mode, url });
  runs.set(session, report);
  return report;
}

async function compare(
  version: Version,
  format: Format,
  mode: Mode,
): Promise<{ verdicts: readonly CaseVerdict[]; instrumented: RunReport }> {
  const [bare, instrumented] = await Promise.all([run(version, format, "bare"), run(version, format, mode)]);
  const observe = (report: RunReport, ranAs: Mode, name: string) => {
    const found = report.cases.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`case ${name} did not run`);
    return { report: found, server: server.seen(sessionOf(version, format, ranAs), name) };
  };
  const cases = CASES.filter(({ since = 0 }) => since <= version);
  const verdicts = cases.map((behaviourCase) =>
    judge(
      behaviourCase,
      observe(bare, "bare", behaviourCase.name),
      observe(instrumented, mode, behaviourCase.name),
      mode === "global",
    ),
  );
  return { verdicts, instrumented };
}

function printTable(): string {
  const width = Math.max(...CASES.map(({ name }) => name.length));
  const rows = CASES.map(({ name }) =>
    [
      name.padEnd(width),
      ...table.map(({ verdicts }) => (verdicts.find((candidate) => candidate.name === name)?.verdict ?? "-").padEnd(6)),
    ].join(" | "),
  );
  const legend = table.map(({ row }, index) => `${index + 1}: ${row}`).join("; ");
  const head = ["case".padEnd(width), ...table.map((_, index) => String(index + 1).padEnd(6))].join(" | ");
  return [legend, head, ...rows].join("\n");
}

const notOk = (verdicts: readonly CaseVerdict[]): readonly string[] =>
  verdicts.filter(({ verdict }) => verdict !== "ok").map(({ name, verdict, why }) => `${name}: ${verdict}, ${why}`);

describe.each(VERSIONS.flatMap((version) => FORMATS.map((format) => ({ version, format }))))(
  "openai $version as $format",
  ({ version, format }) => {
    it.each(["instrument", "global"] as const)("behaves the same and ends one span a call, mode %s", async (mode) => {
      const { verdicts, instrumented } = await compare(version, format, mode);
      table.push({ row: `openai ${version} ${format} ${mode}`, verdicts });
      expect(notOk(verdicts)).toEqual([]);
      expect(instrumented.late).toEqual([]);
      // The one failure of its own that is allowed: the raw text of a request that has none.
      expect(instrumented.lastOwnError ?? "").toMatch(/^$|BigInt/);
      expect(instrumented.ownErrors).toBeLessThanOrEqual(1);
    });
  },
);

describe("the suite itself", () => {
  const names = (verdicts: readonly CaseVerdict[], wanted: Verdict): readonly string[] =>
    verdicts.filter(({ verdict }) => verdict === wanted).map(({ name }) => name);

  it("flags an instrumentation that replaces the client's promise", async () => {
    const { verdicts } = await compare(7, "esm", "bad-await");
    expect(names(verdicts, "BREAKS")).toEqual(
      expect.arrayContaining([
        "chat",
        "chat_withResponse",
        "chat_asResponse",
        "chat_parse",
        "chat_stream_withResponse",
      ]),
    );
  });

  it("flags an instrumentation that reads a stream which the application left", async () => {
    const { verdicts } = await compare(7, "esm", "bad-tee");
    expect(names(verdicts, "BREAKS")).toContain("chat_stream_break");
    const sent = (mode: Mode): number => server.seen(sessionOf(7, "esm", mode), "chat_stream_break").chunksSent;
    expect(sent("bad-tee")).toBe(4);
    expect(sent("bare")).toBeLessThan(3);
  });

  it("flags an instrumentation that forgets to end its spans", async () => {
    const { verdicts } = await compare(7, "esm", "bad-forget");
    expect(names(verdicts, "LEAK")).toEqual(expect.arrayContaining(["chat_stream_nousage", "chat_stream_break"]));
  });

  it("flags an instrumentation that does nothing", async () => {
    const { verdicts } = await compare(7, "esm", "bad-nothing");
    expect(names(verdicts, "SILENT")).toHaveLength(CASES.filter(({ spans }) => spans > 0).length);
  });
});
