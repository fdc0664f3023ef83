import Anthropic from "@anthropic-ai/sdk";
import { betaTool } from "@anthropic-ai/sdk/helpers/beta/json-schema";
import { instrument } from "@genspan/instrumentation";
import { context, propagation, type TextMapPropagator, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startBehaviourServer } from "../support/behaviour-server.ts";
import { collect } from "./behaviour/generic/chunks.ts";
import { replies } from "./clients/anthropic/replies.ts";

/**
 * The library makes spans itself where a tracer provider is registered, as here. Each call must be one span, ours, with
 * its tokens counted once.
 */
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
let server: Awaited<ReturnType<typeof startBehaviourServer>>;
let url: string;

const traceParent: TextMapPropagator = {
  inject(from, carrier, setter) {
    const span = trace.getSpanContext(from);
    if (span !== undefined) setter.set(carrier, "traceparent", `00-${span.traceId}-${span.spanId}-01`);
  },
  extract: (into) => into,
  fields: () => ["traceparent"],
};

beforeAll(async () => {
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(traceParent);
  server = await startBehaviourServer();
  url = `${server.open("native", replies)}/case`;
});
afterAll(async () => {
  await server.close();
  trace.disable();
  context.disable();
  propagation.disable();
});
beforeEach(() => exporter.reset());

const body = { model: "claude-sonnet-4-5", max_tokens: 64, messages: [{ role: "user" as const, content: "hi" }] };
const client = (options: object = {}) => new Anthropic({ apiKey: "key", baseURL: url, maxRetries: 0, ...options });
const names = () => exporter.getFinishedSpans().map(({ name }) => name);
const tokens = () => exporter.getFinishedSpans().map(({ attributes }) => attributes["gen_ai.usage.input_tokens"]);

describe("the spans that @anthropic-ai/sdk makes itself", () => {
  it("are there without us: the tests below would see them", async () => {
    await client().messages.create(body);
    expect(names()).toEqual(["anthropic.messages.create"]);
  });

  it.each<[string, (client: Anthropic) => PromiseLike<unknown>]>([
    ["create", (traced) => traced.messages.create(body)],
    ["a stream", async (traced) => collect(await traced.messages.create({ ...body, stream: true }))],
    ["the stream helper", (traced) => traced.messages.stream(body).finalMessage()],
    ["beta", (traced) => traced.beta.messages.create(body)],
    ["beta's stream helper", (traced) => traced.beta.messages.stream(body).finalMessage()],
    ["parse", (traced) => traced.messages.parse(body)],
  ])("give way to ours in %s", async (_name, call) => {
    await call(instrument(client()));
    expect(names()).toEqual(["chat claude-sonnet-4-5"]);
    expect(tokens()).toEqual([11]);
  });

  it("give way on a frozen client, on one with content, and on one with a tracer provider of its own", async () => {
    await Object.freeze(instrument(client())).messages.create(body);
    await instrument(client({ openTelemetry: { traces: { contentMode: "content" } } })).messages.create(body);
    await instrument(client({ openTelemetry: { tracerProvider: provider } })).messages.create(body);
    expect(names()).toEqual(Array(3).fill("chat claude-sonnet-4-5"));
  });

  it("leave our span's id in the request's headers, where theirs would have been", async () => {
    const before = server.seen("native", "case").requests.length;
    await instrument(client()).messages.create(body);
    await instrument(client()).messages.stream(body).finalMessage();
    const sent = server
      .seen("native", "case")
      .requests.slice(before)
      .map(({ headers }) => headers["traceparent"]);
    const ids = exporter.getFinishedSpans().map((span) => span.spanContext());
    expect(sent).toEqual(ids.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`));
  });

  it("stay for the steps of a tool runner, which are no calls", async () => {
    const tool = betaTool({ name: "t", description: "a tool", inputSchema: { type: "object" }, run: () => "x" });
    await instrument(client()).beta.messages.toolRunner({ ...body, tools: [tool] });
    expect(names()).toEqual(["chat claude-sonnet-4-5", "anthropic.messages.tool_runner"]);
  });

  it("stay with clients that are not ours to trace, beside ones that are", async () => {
    const [traced, other] = [instrument(client()), client()];
    await Promise.all([traced.messages.create(body), other.messages.create(body)]);
    expect(names().sort()).toEqual(["anthropic.messages.create", "chat claude-sonnet-4-5"]);
  });

  it("do not come back where the user has switched them off", async () => {
    await instrument(client({ openTelemetry: false })).messages.create(body);
    expect(names()).toEqual(["chat claude-sonnet-4-5"]);
  });
});
