/** Telemetry never hurts: whatever of ours, or of the SDK's, fails, the application's call goes on. */
import { diag, type TracerProvider, trace } from "@opentelemetry/api";
import { BasicTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { instrument } from "../instrument.ts";
import type { InstrumentationOptions } from "../options.ts";
import { status } from "../status.ts";
import { startServer } from "../testing/openai-server.ts";
import { memorySpans } from "../testing/spans.ts";
import { reports } from "./reports.ts";

const server = await startServer();
const spans = memorySpans();
beforeEach(() => {
  reports.ownErrors = 0;
});
afterEach(() => diag.disable());

const chat = { model: "gpt-4o", messages: [{ role: "user" as const, content: "hello" }] };
const fails = (): never => {
  throw new Error("ours");
};

async function useClient(options: InstrumentationOptions): Promise<void> {
  const client = instrument(new OpenAI({ apiKey: "k", baseURL: server.baseURL }), options);
  expect((await client.chat.completions.create(chat)).usage?.total_tokens).toBe(18);
  let chunks = 0;
  for await (const _ of await client.chat.completions.create({ ...chat, stream: true })) chunks += 1;
  expect(chunks).toBe(4);
  const failing = client.chat.completions.create({ ...chat, messages: [{ role: "user", content: "ERR" }] });
  await expect(failing).rejects.toBeInstanceOf(OpenAI.BadRequestError);
}

function providerWith(processor: Partial<SpanProcessor>): TracerProvider {
  const quiet: SpanProcessor = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };
  return new BasicTracerProvider({ spanProcessors: [{ ...quiet, ...processor }] });
}

describe("a failure", () => {
  it.each<[string, InstrumentationOptions]>([
    ["of the tracer provider", { tracerProvider: { getTracer: fails } }],
    ["of a processor when a span starts", { tracerProvider: providerWith({ onStart: fails }) }],
    ["of a processor when a span ends", { tracerProvider: providerWith({ onEnd: fails }) }],
    ["of the meter provider", { meterProvider: { getMeter: fails } }],
    ["of the logger", { captureContent: "event", loggerProvider: { getLogger: () => ({ emit: fails }) } }],
  ])("%s does not reach the application, and is counted", async (_name, options) => {
    await useClient(options);
    expect(status().ownErrors).toBeGreaterThan(0);
    expect(status().lastOwnError).toContain("ours");
  });

  it("is told once", async () => {
    const told: string[] = [];
    const quiet = (): void => {};
    const error = (message: string): void => void told.push(message);
    diag.setLogger({ error, warn: quiet, info: quiet, debug: quiet, verbose: quiet });
    await useClient({ tracerProvider: { getTracer: fails } });
    expect(told).toHaveLength(1);
    expect(status().ownErrors).toBeGreaterThan(1);
  });
});

describe("a client that the application made itself", () => {
  class Stub {
    static readonly OpenAIError = Error;
    readonly embeddings: Embeddings;
    readonly baseURL = "http://stub/v1";
    constructor() {
      this.embeddings = new Embeddings(this);
    }
    post(): void {}
  }
  class Embeddings {
    readonly _client: Stub;
    constructor(client: Stub) {
      this._client = client;
    }
    async create(body: { input: string }): Promise<{ model: string }> {
      if (body.input === "ERR") throw new RangeError("stubbed");
      return { model: "stub" };
    }
  }

  it("may return plain promises: value and error arrive, and the span ends", async () => {
    const client = instrument(new Stub());
    expect(await client.embeddings.create({ input: "x" })).toEqual({ model: "stub" });
    await expect(client.embeddings.create({ input: "ERR" })).rejects.toThrow("stubbed");
    const [ok, failed] = spans.getFinishedSpans();
    expect(ok?.attributes).toMatchObject({ "gen_ai.response.model": "stub", "server.address": "stub" });
    expect(failed?.attributes["error.type"]).toBe("RangeError");
    trace.disable();
  });
});
