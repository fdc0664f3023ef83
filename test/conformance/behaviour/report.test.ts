import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import type { SeenRequest } from "../../support/behaviour-server.ts";
import type { BehaviourCase } from "./case.ts";
import { judge, type Observed, type SeenSpan, type Verdict } from "./report.ts";

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
  report: { name: "chat", outcome: { value: { keys: ["a"] } }, unhandled: 0, ended: [], open: [] },
  server: { requests: [request], chunksSent: 1 },
};
const traced: Observed = { ...bare, report: { ...bare.report, ended: [span] } };
const withReport = (changes: Partial<Observed["report"]>): Observed => ({
  ...traced,
  report: { ...traced.report, ...changes },
});
const withSpan = (changes: Partial<SeenSpan>): Observed => withReport({ ended: [{ ...span, ...changes }] });

describe("the verdict over a case", () => {
  it("is ok where nothing differs and the span is right", () => {
    expect(judge(chat, bare, traced, false)).toEqual({ name: "chat", verdict: "ok", why: "" });
  });

  it.each<[Verdict, string, Observed]>([
    ["BREAKS", "$.value.keys.0", withReport({ outcome: { value: { keys: ["b"] } } })],
    ["BREAKS", "$.more: undefined bare, 1 instrumented", withReport({ outcome: { value: { keys: ["a"] }, more: 1 } })],
    ["BREAKS", "unhandled rejections: 0 bare, 1 instrumented", withReport({ unhandled: 1 })],
    ["BREAKS", "request $.1", { ...traced, server: { ...traced.server, requests: [request, request] } }],
    [
      "BREAKS",
      "request $.0.body",
      { ...traced, server: { ...traced.server, requests: [{ ...request, body: "{ }" }] } },
    ],
    [
      "BREAKS",
      "request $.0.headers",
      { ...traced, server: { ...traced.server, requests: [{ ...request, headers: {} }] } },
    ],
    ["BREAKS", "server sent 4 chunks, 1 bare", { ...traced, server: { ...traced.server, chunksSent: 4 } }],
    ["LEAK", "not ended: chat", withReport({ ended: [], open: ["chat"] })],
    ["SILENT", "0 of 1 spans", bare],
    ["EXTRA", "2 spans for 1 calls", withReport({ ended: [span, span] })],
    [
      "WRONG",
      "gen_ai.usage.output_tokens is undefined, not 7",
      withSpan({
        attributes: { ...span.attributes, "gen_ai.usage.output_tokens": undefined },
      }),
    ],
    ["WRONG", "error.type oops on success", withSpan({ attributes: { ...span.attributes, "error.type": "oops" } })],
    ["WRONG", "its parent", withSpan({ underActive: false })],
    ["WRONG", "genai_span_name_format", withSpan({ name: "openai.chat" })],
    [
      "WRONG",
      "the prompt is on the span",
      withSpan({
        attributes: { ...span.attributes, note: "A prompt that no span may contain." },
      }),
    ],
  ])("is %s: %s", (verdict, why, instrumented) => {
    expect(judge(chat, bare, instrumented, false)).toMatchObject({ verdict, why: expect.stringContaining(why) });
  });

  it("is BREAKS where keys come in another order", () => {
    const ordered = { ...bare, report: { ...bare.report, outcome: { a: 1, b: 2 } } };
    expect(judge(chat, ordered, withReport({ outcome: { b: 2, a: 1 } }), false).why).toContain("another order");
  });

  it("is WRONG where a stream has no time to its first chunk, and where an error has no type", () => {
    expect(judge({ ...chat, streamed: true }, bare, traced, false).why).toContain("time to first chunk is undefined");
    expect(judge({ ...chat, errorType: /^timeout$/ }, bare, traced, false).why).toContain("error.type undefined");
  });
});
