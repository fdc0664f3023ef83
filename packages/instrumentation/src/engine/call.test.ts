import { CONTEXT_KEY_PROPAGATED_ATTRIBUTES } from "@genspan/semconv";
import { context, createContextKey, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AlwaysOffSampler, BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { instrument } from "../instrument.ts";
import { status } from "../status.ts";
import { startServer } from "../testing/openai-server.ts";
import { memorySpans } from "../testing/spans.ts";

const server = await startServer();
const spans = memorySpans();

const ask = (content: string) => ({ model: "gpt-4o", messages: [{ role: "user" as const, content }] });
const makeClient = (options: ConstructorParameters<typeof OpenAI>[0] = {}): OpenAI =>
  instrument(new OpenAI({ apiKey: "k", baseURL: server.baseURL, ...options }), { captureContent: "none" });

describe("a call", () => {
  it("is a CLIENT span named after operation and model, with the registry's attributes and no content", async () => {
    await makeClient().chat.completions.create({ ...ask("hello"), temperature: 0.5, n: 1 });
    const [span] = spans.getFinishedSpans();
    expect(span).toMatchObject({ name: "chat gpt-4o", kind: SpanKind.CLIENT, status: { code: SpanStatusCode.UNSET } });
    expect(span?.attributes).toEqual({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.request.temperature": 0.5,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.response.id": "chatcmpl-1",
      "gen_ai.response.model": "gpt-4o-2024-08-06",
      "gen_ai.usage.cache_read.input_tokens": 3,
      "gen_ai.usage.input_tokens": 11,
      "gen_ai.usage.output_tokens": 7,
      "genspan.request.path": "/v1/chat/completions",
      "genspan.response.request_id": "req_1",
      "http.response.status_code": 200,
      "openai.api.type": "chat_completions",
      "server.address": "127.0.0.1",
      "server.port": Number(new URL(server.baseURL).port),
    });
  });

  it("keeps the client's promise and gives it no property that a bare client's has not", async () => {
    const bare = new OpenAI({ apiKey: "k", baseURL: server.baseURL }).chat.completions.create(ask("hello"));
    const traced = makeClient().chat.completions.create(ask("hello"));
    expect(Reflect.ownKeys(traced)).toEqual(Reflect.ownKeys(bare));
    expect(Object.getPrototypeOf(traced)).toBe(Object.getPrototypeOf(bare));
    expect(Reflect.ownKeys(Object.getPrototypeOf(traced))).toContain("asResponse");
    const [bareData, data] = await Promise.all([bare, traced]);
    expect(data).toEqual(bareData);
    expect(data._request_id).toBe("req_1");
  });

  it("rejects with the client's own error, which decides error.type and status", async () => {
    await expect(makeClient().chat.completions.create(ask("ERR"))).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    await expect(makeClient({ maxRetries: 0 }).chat.completions.create(ask("CODE"))).rejects.toThrow("slow");
    const [byClass, byCode] = spans.getFinishedSpans();
    expect(byClass?.status).toEqual({ code: SpanStatusCode.ERROR, message: "400 bad" });
    expect(byClass?.attributes).toMatchObject({ "error.type": "BadRequestError", "http.response.status_code": 400 });
    expect(byCode?.attributes).toMatchObject({ "error.type": "rate_limit_exceeded", "http.response.status_code": 429 });
  });

  it("covers the client's retries with one span", async () => {
    const before = server.requests.length;
    await makeClient({ maxRetries: 3 }).chat.completions.create(ask("RETRY"));
    expect(server.requests.length - before).toBe(3);
    expect(spans.getFinishedSpans()).toHaveLength(1);
  });

  it("leaves the body of a raw response unread and ends at its headers", async () => {
    const response = await makeClient().chat.completions.create(ask("hello")).asResponse();
    expect(response.bodyUsed).toBe(false);
    expect(spans.getFinishedSpans()).toHaveLength(1);
    expect(await response.json()).toMatchObject({ id: "chatcmpl-1" });
  });

  it("ends at the headers also where the raw response is asked for after they came", async () => {
    const promise = makeClient().chat.completions.create(ask("hello"));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(spans.getFinishedSpans()).toHaveLength(0);
    await (await promise.asResponse()).json();
    expect(spans.getFinishedSpans()).toHaveLength(1);
  });

  it("does not touch binary answers", async () => {
    const speech = await makeClient().audio.speech.create({ model: "tts-1", voice: "ash", input: "hello" });
    expect(await speech.text()).toBe("bytes");
    expect(spans.getFinishedSpans()[0]).toMatchObject({ name: "generate_speech tts-1" });
  });

  it("is the parent of what happens below it, and a child of what was active", async () => {
    const seen: (string | undefined)[] = [];
    const client = makeClient({
      fetch: (...args) => {
        seen.push(trace.getActiveSpan()?.spanContext().spanId);
        return fetch(...args);
      },
    });
    const parent = trace.getTracer("app").startSpan("app");
    await context.with(trace.setSpan(context.active(), parent), () => client.chat.completions.create(ask("hello")));
    const [span] = spans.getFinishedSpans();
    expect(seen).toEqual([span?.spanContext().spanId]);
    expect(span?.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it("takes propagated attributes from the context", async () => {
    const key = createContextKey(CONTEXT_KEY_PROPAGATED_ATTRIBUTES);
    const active = context.active().setValue(key, { "session.id": "s", "genspan.tags": ["a"] });
    await context.with(active, () => makeClient().chat.completions.create(ask("hello")));
    expect(spans.getFinishedSpans()[0]?.attributes).toMatchObject({ "session.id": "s", "genspan.tags": ["a"] });
  });

  it("leaves promises alone where the span is not recorded, and counts that", async () => {
    trace.disable();
    trace.setGlobalTracerProvider(new BasicTracerProvider({ sampler: new AlwaysOffSampler() }));
    const counted = () => status().modules[0]?.notRecorded ?? 0;
    const before = counted();
    const promise = makeClient().chat.completions.create(ask("hello"));
    expect((promise as unknown as { parseResponse: { name: string } }).parseResponse.name).not.toBe("parseResponse");
    await promise;
    expect(counted()).toBe(before + 1);
    propagation.disable();
  });

  it("passes through an error that the client throws at once", () => {
    const client = makeClient();
    const thrown = new Error("sync");
    Object.defineProperty(client, "post", {
      value: () => {
        throw thrown;
      },
    });
    let caught: unknown;
    try {
      void client.chat.completions.create(ask("hello"));
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    expect(spans.getFinishedSpans()[0]?.attributes["error.type"]).toBe("Error");
  });
});

describe("unhandled rejections", () => {
  const observe = async (run: () => void): Promise<unknown[]> => {
    const reasons: unknown[] = [];
    const listener = (reason: unknown): void => void reasons.push(reason);
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", listener);
    run();
    await new Promise((resolve) => setTimeout(resolve, 150));
    process.removeListener("unhandledRejection", listener);
    for (const other of others) process.on("unhandledRejection", other);
    return reasons;
  };

  it.each([
    ["a call that nobody handles", (client: OpenAI) => void client.chat.completions.create(ask("ERR")), 1],
    ["a call that is handled", (client: OpenAI) => void client.chat.completions.create(ask("ERR")).catch(() => {}), 0],
    ["parse() that is handled", (client: OpenAI) => void client.chat.completions.parse(ask("ERR")).catch(() => {}), 0],
    ["parse() that nobody handles", (client: OpenAI) => void client.chat.completions.parse(ask("ERR")), 1],
    [
      "withResponse() that is handled",
      (client: OpenAI) =>
        void client.chat.completions
          .create(ask("ERR"))
          .withResponse()
          .catch(() => {}),
      0,
    ],
    [
      "asResponse() that nobody handles",
      (client: OpenAI) => void client.chat.completions.create(ask("ERR")).asResponse(),
      1,
    ],
  ])("are those of a bare client: %s", async (_name, run, expected) => {
    const bare = await observe(() => run(new OpenAI({ apiKey: "k", baseURL: server.baseURL })));
    const traced = await observe(() => run(makeClient()));
    expect([bare.length, traced.length]).toEqual([expected, expected]);
  });
});
