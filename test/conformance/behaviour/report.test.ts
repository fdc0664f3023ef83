import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import type { SeenRequest } from "../../support/behaviour-server.ts";
import type { BehaviourCase } from "./case.ts";
import {
  type Judging,
  judge,
  judgeProcess,
  type Observed,
  type RunReport,
  type SeenSpan,
  type Verdict,
} from "./report.ts";

const chat: BehaviourCase = { name: "chat", spans: 1, usage: { input: 11, output: 7 }, run: async () => null };
const span: SeenSpan = {
  name: "chat gpt-5",
  kind: SpanKind.CLIENT,
  status: { code: SpanStatusCode.UNSET },
  underActive: true,
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-5",
    "gen_ai.response.id": "chatcmpl-1",
    "gen_ai.response.model": "gpt-5",
    "gen_ai.response.finish_reasons": ["stop"],
    "gen_ai.usage.input_tokens": 11,
    "gen_ai.usage.output_tokens": 7,
    "server.address": "localhost",
    "server.port": 80,
  },
};
const request: SeenRequest = {
  session: "s",
  case: "chat",
  method: "POST",
  path: "/v1/chat/completions",
  headers: { "content-type": "application/json" },
  body: "{}",
};
const bare: Observed = {
  report: {
    name: "chat",
    outcome: { value: { keys: ["a"] } },
    unhandled: 0,
    started: 0,
    ended: [],
    open: [],
    endedTwice: [],
  },
  server: { requests: [request], chunksSent: 1, sockets: 1 },
};
const traced: Observed = { ...bare, report: { ...bare.report, ended: [span] } };
const judging: Judging = {
  driver: { replies: { answer: () => undefined, error: {} } },
  scale: { callsAtOnce: 1, clients: 1 },
  conventions: { content: false },
};
const withReport = (changes: Partial<Observed["report"]>): Observed => ({
  ...traced,
  report: { ...traced.report, ...changes },
});
const withSpan = (changes: Partial<SeenSpan>): Observed => withReport({ ended: [{ ...span, ...changes }] });

describe("the verdict over a case", () => {
  it("is ok where nothing differs and the span is right", () => {
    expect(judge(chat, bare, traced, judging)).toEqual({ name: "chat", verdict: "ok", why: "" });
  });

  it.each<[Verdict, string, Observed]>([
    ["breaks", "$.value.keys.0", withReport({ outcome: { value: { keys: ["b"] } } })],
    ["breaks", "$.more: undefined bare, 1 instrumented", withReport({ outcome: { value: { keys: ["a"] }, more: 1 } })],
    ["breaks", "unhandled rejections: 0 bare, 1 instrumented", withReport({ unhandled: 1 })],
    ["breaks", "request $.1", { ...traced, server: { ...traced.server, requests: [request, request] } }],
    [
      "breaks",
      "request $.0.body",
      { ...traced, server: { ...traced.server, requests: [{ ...request, body: "{ }" }] } },
    ],
    [
      "breaks",
      "request $.0.headers",
      { ...traced, server: { ...traced.server, requests: [{ ...request, headers: {} }] } },
    ],
    ["breaks", "server sent 4 chunks, 1 bare", { ...traced, server: { ...traced.server, chunksSent: 4 } }],
    ["leaks", "not ended: chat", withReport({ ended: [], open: ["chat"] })],
    ["leaks", "ended twice: chat", withReport({ endedTwice: ["chat"] })],
    ["breaks", "9 sockets, 1 bare", { ...traced, server: { ...traced.server, sockets: 9 } }],
    ["silent", "0 of 1 spans", bare],
    ["extra", "2 spans for 1 calls", withReport({ ended: [span, span] })],
    [
      "wrong",
      "gen_ai.usage.output_tokens is undefined, not 7",
      withSpan({
        attributes: { ...span.attributes, "gen_ai.usage.output_tokens": undefined },
      }),
    ],
    ["wrong", "error.type oops on success", withSpan({ attributes: { ...span.attributes, "error.type": "oops" } })],
    ["wrong", "its parent", withSpan({ underActive: false })],
    ["wrong", "genai_span_name_format", withSpan({ name: "openai.chat" })],
    [
      "wrong",
      "the prompt is on the span",
      withSpan({
        attributes: { ...span.attributes, note: "A prompt that no span may contain." },
      }),
    ],
  ])("is %s: %s", (verdict, why, instrumented) => {
    expect(judge(chat, bare, instrumented, judging)).toMatchObject({ verdict, why: expect.stringContaining(why) });
  });

  it("is breaks where keys come in another order", () => {
    const ordered = { ...bare, report: { ...bare.report, outcome: { a: 1, b: 2 } } };
    expect(judge(chat, ordered, withReport({ outcome: { b: 2, a: 1 } }), judging).why).toContain("another order");
  });

  it("is wrong where a stream has no time to its first chunk, and where an error has no type", () => {
    expect(judge({ ...chat, streamed: true }, bare, traced, judging).why).toContain("time to first chunk is undefined");
    expect(judge({ ...chat, errorType: /^timeout$/ }, bare, traced, judging).why).toContain("error.type undefined");
  });
});

describe("the verdict over a process", () => {
  const run: RunReport = {
    cases: [],
    late: [],
    listeners: { exit: 1 },
    failures: { count: 0, last: undefined },
    conventions: undefined,
  };

  it("is ok where nothing is left over", () => {
    expect(judgeProcess(run, run)).toEqual({ name: "process", verdict: "ok", why: "" });
  });

  it.each<[Verdict, string, Partial<RunReport>]>([
    ["leaks", "$.exit: 1 bare, 2 instrumented", { listeners: { exit: 2 } }],
    ["extra", "late: chat", { late: ["chat"] }],
    ["wrong", "1 failures of its own", { failures: { count: 1, last: "request: oops" } }],
  ])("is %s: %s", (verdict, why, changes) => {
    expect(judgeProcess(run, { ...run, ...changes })).toMatchObject({ verdict, why: expect.stringContaining(why) });
  });
});
