import * as client from "galileo-generated/models";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { galileoIngest } from "./index.ts";
import { bodyOf, child, goldenSpans, options, recordOf, sentByGalileosClient } from "./testing.ts";

const chat = { "gen_ai.operation.name": "chat" };

describe("Galileo's own client", () => {
  it("sends the golden trace as we do", () => {
    const body = bodyOf(recordOf(goldenSpans(), { ...options, logStreamId: "8060d08f-b651-4464-ad2a-248d6ce9afd4" }));
    expect(sentByGalileosClient(body)).toEqual(body);
  });

  it("sends a trace without content as we do, and adds nothing but the empty inputs that the server assumes", () => {
    const operations = ["invoke_agent", "chat", "execute_tool", "retrieval", "embeddings", "plan"];
    const body = bodyOf(
      recordOf(operations.map((name, n) => child(String(n), n ? "0" : undefined, { "gen_ai.operation.name": name }))),
    );
    const sent = sentByGalileosClient(body);
    expect(sent).toMatchObject(body);
    expect(JSON.parse(JSON.stringify(sent).replaceAll('"input":"",', ""))).toEqual(body);
  });

  it("sends everything that a call may hold as we do", () => {
    const parts = [
      { type: "reasoning", content: "hm" },
      {
        type: "server_tool_call",
        id: "w",
        name: "web_search",
        server_tool_call: { type: "web_search", action: { type: "search", query: "q" } },
      },
      {
        type: "server_tool_call",
        id: "m",
        name: "f",
        server_tool_call: { type: "mcp", server_label: "s", arguments: { a_b: 1 } },
      },
      { type: "server_tool_call", id: "c", name: "code", server_tool_call: { type: "code_interpreter", code: "1" } },
      { type: "text", content: "done" },
      { type: "tool_call", id: "t", name: "g", arguments: { a: 1 } },
    ];
    const body = bodyOf(
      recordOf([
        child("a", undefined, {
          ...chat,
          "gen_ai.input.messages": JSON.stringify([
            { role: "user", parts: [{ type: "uri", modality: "image", uri: "https://x/a.png" }] },
            { role: "tool", parts: [{ type: "tool_call_response", id: "t", response: [1] }] },
          ]),
          "gen_ai.output.messages": JSON.stringify([{ role: "assistant", parts }]),
          "gen_ai.response.time_to_first_chunk": 0.5,
          "gen_ai.usage.input_tokens": 3,
          "gen_ai.usage.image.input_tokens": 1,
          "galileo.dataset.input": "question",
          "galileo.dataset.metadata": '{"a_b":1}',
          "galileo.session.id": "a4e44e04-ab49-4d7d-be5c-6a6f3071a39b",
        }),
      ]),
    );
    expect(sentByGalileosClient(body)).toEqual(body);
  });

  it("finds what is wrong: the test can fail", () => {
    const body = bodyOf(recordOf([child("a", undefined, chat)])) as { traces: [{ spans: [object] }] };
    const withField = (fields: object) => ({
      ...body,
      traces: [{ ...body.traces[0], spans: [{ ...body.traces[0].spans[0], ...fields }] }],
    });
    expect(sentByGalileosClient(withField({ tokens_input: 1 }))).not.toMatchObject(withField({ tokens_input: 1 }));
    expect(() => sentByGalileosClient(withField({ type: "node" }))).toThrow();
    expect(() => sentByGalileosClient(withField({ metrics: { num_input_tokens: "1" } }))).toThrow();
  });
});

describe("the field tables", () => {
  const tables = new Map(galileoIngest.configure().tables.map(({ title, fields }) => [title, fields]));
  const rowsOf = (...titles: string[]) => titles.flatMap((title) => tables.get(title)?.map(({ field }) => field) ?? []);
  const common = "Span (of every type)";

  it.each([
    [
      "LogTracesIngestRequest",
      client.LogTracesIngestRequest$outboundSchema,
      ["LogTracesIngestRequest"],
      ["project_id"],
    ],
    ["Trace", client.Trace$outboundSchema, ["Trace"], []],
    ["LlmSpan", client.LlmSpan$outboundSchema, [common, "LlmSpan"], []],
    ["ToolSpan", client.ToolSpan$outboundSchema, [common, "ToolSpan"], []],
    ["RetrieverSpan", client.RetrieverSpan$outboundSchema, [common, "RetrieverSpan"], []],
    ["WorkflowSpan", client.WorkflowSpan$outboundSchema, [common, "WorkflowSpan"], []],
    ["AgentSpan", client.AgentSpan$outboundSchema, [common, "AgentSpan"], []],
    ["Metrics", client.Metrics$outboundSchema, ["Metrics"], []],
    [
      "LlmMetrics",
      client.LlmMetrics$outboundSchema,
      ["LlmMetrics"], // the OpenAPI document is ahead of the client here
      ["num_image_input_tokens", "num_image_output_tokens", "num_audio_input_tokens", "num_audio_output_tokens"],
    ],
  ])("have a row for every field that Galileo's client knows of %s", (_name, schema, titles, more) => {
    const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
    const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    expect([...rowsOf(...titles)].sort()).toEqual([...Object.keys(properties).map(snake), ...more].sort());
  });
});
