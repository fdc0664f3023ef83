import { createRequire } from "node:module";
import type { MeterProvider, TracerProvider } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import * as openaiModule from "openai";
import OpenAI, { AzureOpenAI } from "openai";
import { VERSION } from "openai/version";
import { afterEach, describe, expect, it, vi } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { state } from "./engine/state.ts";
import { GenAIInstrumentation, instrument, status } from "./index.ts";
import { startServer } from "./testing/openai-server.ts";
import { memorySpans } from "./testing/spans.ts";

const server = await startServer();
const spans = memorySpans();
afterEach(() => {
  state.classes.length = 0;
});

const chat = { model: "gpt-4o", messages: [{ role: "user" as const, content: "hello" }] };
const makeClient = (): OpenAI => new OpenAI({ apiKey: "k", baseURL: server.baseURL });
const spanCount = (): number => spans.getFinishedSpans().length;

describe("instrument", () => {
  it("returns what it was given, and traces that client only", async () => {
    const client = makeClient();
    expect(instrument(client)).toBe(client);
    await makeClient().chat.completions.create(chat);
    expect(spanCount()).toBe(0);
    await client.chat.completions.create(chat);
    expect(spanCount()).toBe(1);
  });

  it("traces a frozen client", async () => {
    const client = instrument(Object.freeze(makeClient()));
    await client.chat.completions.create(chat);
    expect(spanCount()).toBe(1);
  });

  it("traces clients of subclasses", async () => {
    class MyClient extends OpenAI {}
    await instrument(new MyClient({ apiKey: "k", baseURL: server.baseURL })).chat.completions.create(chat);
    expect(spanCount()).toBe(1);
  });

  it("traces what withOptions() derives, and what is derived from that", async () => {
    const derived = instrument(makeClient()).withOptions({ timeout: 5000 }).withOptions({ maxRetries: 0 });
    await derived.chat.completions.create(chat);
    expect(spanCount()).toBe(1);
  });

  it("traces all clients of a class, those of its subclasses too", async () => {
    class Mine extends OpenAI {}
    expect(instrument(Mine)).toBe(Mine);
    await makeClient().chat.completions.create(chat);
    expect(spanCount()).toBe(0);
    await new Mine({ apiKey: "k", baseURL: server.baseURL }).chat.completions.create(chat);
    expect(spanCount()).toBe(1);
  });

  it("traces all clients of a module", async () => {
    expect(instrument(openaiModule)).toBe(openaiModule);
    await makeClient().chat.completions.create(chat);
    expect(spanCount()).toBe(1);
  });

  it("traces all clients of the CommonJS module, which is a class of its own", async () => {
    const required = createRequire(import.meta.url)("openai");
    instrument(required);
    await new required.OpenAI({ apiKey: "k", baseURL: server.baseURL }).chat.completions.create(chat);
    expect(spanCount()).toBe(1);
    expect(status().modules[0]?.copies).toHaveLength(2);
  });

  it("patches a method once that is reached from two classes", async () => {
    class Other {
      static readonly OpenAIError = Error;
      static readonly Embeddings = OpenAI.Embeddings;
      post(): void {}
    }
    instrument(Other);
    await instrument(makeClient()).embeddings.create({ model: "e", input: "hello" });
    expect(spanCount()).toBe(1);
  });

  it("patches once where two copies of this package are loaded, each knowing the other's clients", async () => {
    vi.resetModules();
    const copy = await import("./index.ts");
    expect(copy.instrument).not.toBe(instrument);
    const client = copy.instrument(instrument(makeClient()));
    await client.chat.completions.create(chat);
    expect(spanCount()).toBe(1);
    await copy.instrument(makeClient()).chat.completions.create(chat);
    expect(spanCount()).toBe(2);
  });

  it("knows an Azure client by its class, whatever the host", async () => {
    const azure = new AzureOpenAI({ apiKey: "k", baseURL: server.baseURL, apiVersion: "2024-10-21" });
    await instrument(azure).chat.completions.create(chat);
    expect(spans.getFinishedSpans()[0]?.attributes).toMatchObject({
      "gen_ai.provider.name": "azure.ai.openai",
      "genspan.request.path": "/v1/deployments/gpt-4o/chat/completions",
    });
  });

  it("leaves name, length and source text of the methods it patches", () => {
    instrument(makeClient());
    const { create } = OpenAI.Chat.Completions.prototype;
    expect(create.name).toBe("create");
    expect(create.length).toBe(2);
    expect(create.toString()).toContain("/chat/completions");
    expect("prototype" in create).toBe(false);
    expect(Reflect.ownKeys(OpenAI.Chat.Completions.prototype)).toEqual(
      Reflect.ownKeys(createRequire(import.meta.url)("openai").OpenAI.Chat.Completions.prototype),
    );
  });

  it("does nothing to objects that it does not know", () => {
    const unknown = { chat: { completions: { create: () => 1 } } };
    expect(instrument(unknown)).toBe(unknown);
    expect(unknown.chat.completions.create()).toBe(1);
  });
});

describe("GenAIInstrumentation", () => {
  it("traces every client while it is enabled, and a client that is also instrumented once", async () => {
    const instrumentation = new GenAIInstrumentation();
    instrument(openaiModule);
    await instrument(makeClient()).chat.completions.create(chat);
    expect(spanCount()).toBe(1);
    state.classes.length = 0;
    await makeClient().chat.completions.create(chat);
    expect(spanCount()).toBe(2);
    expect(status().globallyEnabled).toBe(true);
    instrumentation.disable();
    await makeClient().chat.completions.create(chat);
    expect(spanCount()).toBe(2);
    expect(status().globallyEnabled).toBe(false);
  });

  it("waits for enable() when told so, and says so in its configuration", () => {
    const instrumentation = new GenAIInstrumentation({ enabled: false });
    expect(instrumentation.getConfig().enabled).toBe(false);
    expect(status().globallyEnabled).toBe(false);
    instrumentation.enable();
    instrumentation.enable();
    expect(status().globallyEnabled).toBe(true);
    instrumentation.disable();
  });

  it("has the shape that registerInstrumentations takes, also with exact optional properties", () => {
    // The `Instrumentation` interface of @opentelemetry/instrumentation 0.57 to 0.301.
    const instrumentation: {
      instrumentationName: string;
      instrumentationVersion: string;
      enable(): void;
      disable(): void;
      setTracerProvider(provider: TracerProvider): void;
      setMeterProvider(provider: MeterProvider): void;
      setLoggerProvider?(provider: { getLogger(name: string): { emit(record: object): void } }): void;
      setConfig(config: { enabled?: boolean }): void;
      getConfig(): { enabled?: boolean };
    } = new GenAIInstrumentation({ enabled: false });
    instrumentation.setConfig({ enabled: true });
    expect(instrumentation.getConfig()).toEqual({ enabled: true });
  });

  it("uses the tracer provider that it is given, before the global one", async () => {
    const exporter = new InMemorySpanExporter();
    const instrumentation = new GenAIInstrumentation();
    instrumentation.setTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    instrument(openaiModule);
    state.classes.length = 0;
    await makeClient().chat.completions.create(chat);
    instrumentation.disable();
    expect([exporter.getFinishedSpans().length, spanCount()]).toEqual([1, 0]);
  });

  it("has the name and the version of the package", () => {
    const { instrumentationName, instrumentationVersion } = new GenAIInstrumentation({ enabled: false });
    expect([instrumentationName, instrumentationVersion]).toEqual([packageJson.name, packageJson.version]);
  });
});

describe("status", () => {
  it("names version, patched methods and calls, and has no failures of our own to tell", async () => {
    await instrument(makeClient()).chat.completions.create(chat);
    const { modules, ownErrors, lastOwnError } = status();
    expect([ownErrors, lastOwnError]).toEqual([0, undefined]);
    const [openai] = modules;
    expect(openai?.module).toBe("openai");
    expect(openai?.spansEnded).toBe(openai?.callsSeen);
    const copy = openai?.copies[0];
    expect(copy).toMatchObject({ version: VERSION, supported: true, missing: [] });
    expect(copy?.patched).toContain("Responses.create");
  });

  it("names methods that a version lacks instead of failing", () => {
    class Partial {
      static readonly OpenAIError = Error;
      static readonly Embeddings = class {
        create(): void {}
      };
      post(): void {}
    }
    instrument(Partial);
    const copy = status().modules[0]?.copies.at(-1);
    expect(copy?.patched).toEqual(["Embeddings.create"]);
    expect(copy?.missing).toContainEqual({ method: "Chat.Completions.create", reason: "not in this version" });
    expect(copy).toMatchObject({ supported: false, version: undefined });
  });
});
