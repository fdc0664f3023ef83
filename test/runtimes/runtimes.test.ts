/** `instrument(client)` in other JavaScript runtimes: Bun and Deno as programs, workerd with a bundle, each the real one. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replies as anthropicReplies } from "../conformance/clients/anthropic/replies.ts";
import { replies as openaiReplies } from "../conformance/clients/openai/replies.ts";
import { type BehaviourServer, startBehaviourServer } from "../support/behaviour-server.ts";
import type { SmokeReport } from "./clients.ts";
import { runProgram, runWorker } from "./run.ts";
import type { SmokeCall } from "./smoke.ts";

const RUNTIMES: Readonly<Record<string, (url: string) => Promise<SmokeReport>>> = {
  Bun: (url) => runProgram("Bun", "./program.ts", [url]),
  Deno: (url) => runProgram("Deno", "./program.ts", [url]),
  workerd: (url) => runWorker("./worker.ts", { server: url }),
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
