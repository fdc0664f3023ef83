/** `instrument(client)` in other JavaScript runtimes: Bun and Deno as programs, workerd with a bundle, each the real one. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replies as anthropicReplies } from "../conformance/clients/anthropic/replies.ts";
import { replies as openaiReplies } from "../conformance/clients/openai/replies.ts";
import { type BehaviourServer, startBehaviourServer } from "../support/behaviour-server.ts";
import type { SmokeReport } from "./clients.ts";
import type { SmokeCall } from "./smoke.ts";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const condition = "--conditions=@genspan/source";

async function program(command: string, args: readonly string[], url: string): Promise<SmokeReport> {
  const { stdout } = await promisify(execFile)(command, [...args, file("program.ts"), url], { timeout: 60_000 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as SmokeReport; // the program's last line
}

/** A bundle for workerd, with the conditions that bundlers for it set. */
async function worker(url: string): Promise<SmokeReport> {
  const bundle = await build({
    entryPoints: [file("worker.ts")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["@genspan/source", "workerd", "worker", "browser"],
    external: ["node:*"],
    keepNames: true,
  });
  const flare = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]?.text ?? "",
    compatibilityDate: "2026-06-01",
    compatibilityFlags: ["nodejs_compat"],
  });
  try {
    const response = await flare.dispatchFetch(`http://worker.test/?server=${encodeURIComponent(url)}`);
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as SmokeReport; // what the worker answers
  } finally {
    await flare.dispose();
  }
}

const bin = (name: string): string => file(`../node_modules/.bin/${name}`);
const RUNTIMES: Readonly<Record<string, (url: string) => Promise<SmokeReport>>> = {
  Bun: (url) => program(bin("bun"), [condition], url),
  Deno: (url) =>
    program(bin("deno"), ["run", "--allow-all", "--no-check", condition, "--node-modules-dir=manual"], url),
  workerd: worker,
};

const ANSWER = '[{"role":"assistant","parts":[{"type":"text","content":"{\\"a\\":1}"}]}]';

interface Expected {
  readonly client: keyof SmokeReport;
  readonly name: string;
  readonly chunks: number;
  /** Tokens that the stream reports. */
  readonly streamedTokens: number | undefined;
}

let server: BehaviourServer;
beforeAll(async () => {
  server = await startBehaviourServer();
  server.open("openai", openaiReplies);
  server.open("anthropic", anthropicReplies);
});
afterAll(() => server.close());

describe.each(Object.entries(RUNTIMES))("%s", (_, run) => {
  let report: SmokeReport;
  beforeAll(async () => {
    report = await run(server.url);
  });

  it.each([
    { client: "openai", name: "chat gpt-5", chunks: 4, streamedTokens: undefined },
    { client: "anthropic", name: "chat claude-sonnet-5", chunks: 7, streamedTokens: 11 },
  ] satisfies Expected[])("traces calls, streams, streams that are left, and refusals of $client", (expected) => {
    const { client, name, chunks, streamedTokens } = expected;
    const call = (wanted: string): SmokeCall | undefined => report[client].find((made) => made.call === wanted);
    expect(call("plain")).toEqual({
      call: "plain",
      outcome: "answer object",
      started: 1,
      spans: [{ name, inputTokens: 11, finishReasons: ["stop"], output: ANSWER }],
    });
    expect(call("stream")).toMatchObject({
      outcome: `${chunks} chunks`,
      started: 1,
      spans: [{ name, finishReasons: ["stop"], output: ANSWER }],
    });
    expect(call("stream")?.spans[0]?.inputTokens).toBe(streamedTokens);
    expect(call("break")).toMatchObject({ outcome: "left", started: 1, spans: [{ name }] });
    const refused = { outcome: "rejected with 400", started: 1, spans: [{ name }] };
    expect(call("refused")).toMatchObject(refused);
    expect(call("refused")?.spans[0]?.errorType).toMatch(/^(BadRequestError|invalid_request_error)$/);
  });
});
