import { instrument } from "@genspan/instrumentation";
import { Mistral } from "@mistralai/mistralai";
import { flushTelemetry, registerTracerProvider, setTracerProvider } from "@mistralai/mistralai/extra/observability";
import { context, propagation, type TextMapPropagator, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { startBehaviourServer } from "../support/behaviour-server.ts";
import { collect } from "./behaviour/generic/chunks.ts";
import { mistral as driver } from "./clients/mistral/driver.ts";

/** The library makes spans itself where it is told to. Each call must be one span, ours, with its tokens counted once. */
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const contextManager = new AsyncLocalStorageContextManager().enable();
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
  propagation.setGlobalPropagator(traceParent);
  server = await startBehaviourServer();
  url = `${server.open("native", driver.replies)}/case`;
});
afterAll(async () => {
  await server.close();
  trace.disable();
  propagation.disable();
});
beforeEach(() => {
  exporter.reset();
  context.setGlobalContextManager(contextManager);
  vi.stubEnv("MISTRAL_SDK_TELEMETRY", "global");
});
afterEach(() => {
  registerTracerProvider(undefined);
  context.disable();
  vi.unstubAllEnvs();
});

const body = { model: "mistral-small", messages: [{ role: "user" as const, content: "hi" }] };
const schema = z.object({ a: z.number() });
const client = () => new Mistral({ apiKey: "key", serverURL: url });
const names = () => exporter.getFinishedSpans().map(({ name }) => name);
const kinds = () => exporter.getFinishedSpans().map(({ instrumentationScope }) => instrumentationScope.name);
const tokens = () => exporter.getFinishedSpans().map(({ attributes }) => attributes["gen_ai.usage.input_tokens"]);
const headersSince = (before: number) =>
  server
    .seen("native", "case")
    .requests.slice(before)
    .map(({ headers }) => headers["traceparent"]);
const theirs = "mistralai_sdk_tracer";

describe("the spans that @mistralai/mistralai makes itself", () => {
  it("are there without us: the tests below would see them", async () => {
    await client().chat.complete(body);
    await collect(await client().chat.stream(body));
    expect(kinds()).toEqual([theirs, theirs]);
    expect(tokens()).toEqual([11, 11]);
  });

  it.each<[string, string, number, (client: Mistral) => PromiseLike<unknown>]>([
    ["complete", "chat mistral-small", 11, (traced) => traced.chat.complete(body)],
    ["a stream", "chat mistral-small", 11, async (traced) => collect(await traced.chat.stream(body))],
    [
      "fill-in-the-middle",
      "text_completion codestral",
      11,
      (traced) => traced.fim.complete({ model: "codestral", prompt: "a" }),
    ],
    [
      "embeddings",
      "embeddings mistral-embed",
      5,
      (traced) => traced.embeddings.create({ model: "mistral-embed", inputs: ["a"] }),
    ],
    ["an agent", "invoke_agent", 11, (traced) => traced.agents.complete({ ...body, agentId: "ag_1" })],
    [
      "a conversation",
      "chat mistral-small",
      11,
      (traced) => traced.beta.conversations.start({ model: "mistral-small", inputs: "hi" }),
    ],
    [
      "a conversation, streamed",
      "invoke_agent",
      11,
      async (traced) => collect(await traced.beta.conversations.startStream({ agentId: "ag_1", inputs: "hi" })),
    ],
    ["parse", "chat mistral-small", 11, (traced) => traced.chat.parse({ ...body, responseFormat: schema })],
    [
      "parse, streamed",
      "chat mistral-small",
      11,
      async (traced) => collect(await traced.chat.parseStream({ ...body, responseFormat: schema })),
    ],
  ])("give way to ours in %s", async (_name, name, count, call) => {
    await call(instrument(client()));
    expect(names()).toEqual([name]);
    expect(kinds()).not.toContain(theirs);
    expect(tokens()).toEqual([count]);
  });

  it("give way where the library was given a tracer provider, and where none of its calls can be told apart", async () => {
    vi.stubEnv("MISTRAL_SDK_TELEMETRY", "");
    const given = client();
    await setTracerProvider(given, provider);
    await instrument(given).chat.complete(body);
    registerTracerProvider(provider);
    await instrument(client()).chat.complete(body);
    context.disable();
    await instrument(client()).chat.complete(body);
    expect(kinds()).toHaveLength(3);
    expect(kinds()).not.toContain(theirs);
  });

  it("leave our span's id in the request's headers, where theirs would have been", async () => {
    const before = server.seen("native", "case").requests.length;
    await instrument(client()).chat.complete(body);
    await collect(await instrument(client()).chat.stream(body));
    const ids = exporter.getFinishedSpans().map((span) => span.spanContext());
    expect(headersSince(before)).toEqual(ids.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`));
  });

  it("stay with clients that are not ours to trace, beside ones that are", async () => {
    const [traced, other] = [instrument(client()), client()];
    await Promise.all([traced.chat.complete(body), other.chat.complete(body)]);
    expect(kinds().filter((scope) => scope === theirs)).toHaveLength(1);
    expect(kinds()).toHaveLength(2);
  });

  it("go on to Mistral where the user sends them there, which is no place of ours", async () => {
    vi.stubEnv("MISTRAL_SDK_TELEMETRY", "dedicated");
    vi.stubEnv("MISTRAL_OTLP_TRACES_ENDPOINT", `${url}/telemetry`);
    const before = server.seen("native", "case").requests.length;
    const traced = instrument(client());
    await traced.chat.complete(body);
    await collect(await traced.chat.stream(body));
    await flushTelemetry(traced).catch(() => undefined);
    expect(names()).toEqual(["chat mistral-small", "chat mistral-small"]);
    expect(kinds()).not.toContain(theirs);
    const sent = server.seen("native", "case").requests.slice(before);
    expect(
      JSON.stringify(sent.find(({ path }) => path.includes("telemetry"))).split("chat mistral-small"),
    ).toHaveLength(3);
  });

  it("stay for what is not traced here", async () => {
    await instrument(client())
      .models.list()
      .catch(() => undefined);
    expect(kinds()).toEqual([theirs]);
  });

  it("are no reason for a header where the user has not switched them on", async () => {
    vi.stubEnv("MISTRAL_SDK_TELEMETRY", "false");
    const before = server.seen("native", "case").requests.length;
    await instrument(client()).chat.complete(body);
    expect(names()).toEqual(["chat mistral-small"]);
    expect(headersSince(before)).toEqual([undefined]);
  });
});
