/** What must hold with every major version of the OpenTelemetry SDK; each version is a package beside this file. */
import {
  GenAISpanProcessor,
  otlp,
  propagateAttributes,
  type StockExporter,
  spanToOtlp,
  vendorDestination,
} from "@genspan/exporter";
import { type InstrumentationOptions, instrument } from "@genspan/instrumentation";
import type { ReadableSpanLike } from "@genspan/mapping";
import { spansOf } from "@genspan/mocks";
import type { Tracer, TracerProvider } from "@opentelemetry/api";
import OpenAI from "openai";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { replies } from "../conformance/clients/openai/replies.ts";
import { type BehaviourServer, startBehaviourServer } from "../support/behaviour-server.ts";
import { type OtlpSink, startOtlpSink } from "../support/otlp-sink.ts";

/** An SDK with its own API; nothing in it is cast, so that its types fit ours and ours fit its. */
export interface CompatSdk {
  readonly name: string;
  /** Whether it keeps attributes that are objects. */
  readonly keepsObjects: boolean;
  /** A provider with our processor and one of its own beside it, registered globally in its API. */
  start(processor: GenAISpanProcessor, serviceVersion: Promise<string>): RunningSdk;
  /** Its stock OTLP/HTTP exporter with JSON. */
  exporter(url: string): StockExporter;
}

export interface RunningSdk {
  readonly provider: TracerProvider;
  /** What its own processor has seen. */
  finished(): readonly ReadableSpanLike[];
  /** Shuts the provider down and takes the global registrations back. */
  stop(): Promise<void>;
}

const MESSAGES = [{ role: "user", parts: [{ type: "text", content: "Is it raining?" }] }];

export function compatSuite(sdk: CompatSdk): void {
  let server: BehaviourServer;
  let sink: OtlpSink;
  let records: Readonly<Record<"keywords-ai" | "cyberpod" | "log10", Record<string, unknown>[]>>;
  let processor: GenAISpanProcessor;
  let running: RunningSdk;
  let tracer: Tracer;
  let publishVersion: (version: string) => void;

  beforeAll(async () => {
    [server, sink] = await Promise.all([startBehaviourServer(), startOtlpSink()]);
    server.open("compat", replies);
  });
  afterAll(() => Promise.all([server.close(), sink.close()]));

  beforeEach(() => {
    sink.reset();
    records = { "keywords-ai": [], cyberpod: [], log10: [] };
    const vendor = (name: keyof typeof records, options: object = {}) =>
      vendorDestination({ vendor: name, options, to: { type: "memory", records: records[name] } });
    processor = new GenAISpanProcessor({
      destinations: [
        vendor("keywords-ai"),
        vendor("cyberpod", { source: "otel" }),
        vendor("log10", { organizationId: "org_1" }),
        otlp({ exporter: sdk.exporter(`${sink.url}/v1/traces`) }),
      ],
    });
    const version = new Promise<string>((resolve) => {
      publishVersion = resolve;
    });
    running = sdk.start(processor, version);
    tracer = running.provider.getTracer("application");
  });
  afterEach(() => running.stop());

  /** Asks the model within a span of the application, as an agent does; resolves when all is delivered. */
  async function runAgent(options: InstrumentationOptions): Promise<{ traceId: string; spanId: string }> {
    publishVersion("1.2.3");
    const client = new OpenAI({ apiKey: "key", baseURL: `${server.url}/compat/call/v1` });
    instrument(client, { captureContent: "span", ...options });
    const attributes = { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "Helper" };
    const agent = await tracer.startActiveSpan("invoke_agent Helper", { attributes }, async (span) => {
      await client.chat.completions.create({ model: "gpt-5", messages: [{ role: "user", content: "Hi" }] });
      span.end();
      return span.spanContext();
    });
    await processor.forceFlush();
    return agent;
  }

  describe(sdk.name, () => {
    it("has a model call become documented records that hang on the application's own span", async () => {
      const { traceId, spanId } = await runAgent({ tracerProvider: running.provider });
      const [call] = records["keywords-ai"].filter(({ log_type }) => log_type === "chat");
      expect(call).toMatchObject({
        model: "gpt-5",
        prompt_messages: [{ role: "user", content: "Hi" }],
        trace_unique_id: traceId,
        span_parent_id: spanId,
        trace_name: "invoke_agent Helper",
      });
      expect(records.cyberpod).toContainEqual(
        expect.objectContaining({ span_kind: "chat", parent_span_id: spanId, input_tokens: 11, output_tokens: 7 }),
      );
      expect(records.log10).toEqual([
        expect.objectContaining({
          organization_id: "org_1",
          status: "finished",
          request: expect.objectContaining({ messages: [{ role: "user", content: "Hi" }] }),
          response: expect.objectContaining({ usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 } }),
        }),
      ]);
      const statuses = processor.status().destinations;
      expect(statuses.map(({ sent, deadLettered }) => [sent, deadLettered])).toEqual([
        [2, {}],
        [2, {}],
        [1, {}],
        [2, {}],
      ]);
    });

    it("has the spans arrive through its own OTLP exporter, and at the processor beside ours", async () => {
      const { traceId, spanId } = await runAgent({ tracerProvider: running.provider });
      const call = sink.spans.find(({ name }) => name === "chat gpt-5");
      expect(sink.spans).toHaveLength(2);
      expect(call).toMatchObject({ traceId, parentSpanId: spanId, kind: 3, resource: { "service.name": "compat" } });
      expect(call?.scope.name).toBe("@genspan/instrumentation");
      expect(call?.attributes).toMatchObject({ "gen_ai.request.model": "gpt-5", "gen_ai.usage.input_tokens": 11 });
      expect(sink.spans.find((span) => span.spanId === spanId)).toMatchObject({
        parentSpanId: undefined,
        scope: { name: "application" },
      });
      expect(running.finished().map(({ name }) => name)).toEqual(["chat gpt-5", "invoke_agent Helper"]);
    });

    it("has its spans written by us as its own exporter sends them: parent, scope, resource and all", async () => {
      await runAgent({ tracerProvider: running.provider });
      const written = running.finished().flatMap((span) => spansOf(JSON.parse(JSON.stringify(spanToOtlp(span)))));
      expect(written).toHaveLength(2);
      expect(written).toEqual(sink.spans);
    });

    it("has clients find the provider that is registered in its API", async () => {
      const { traceId } = await runAgent({});
      expect(records.log10).toEqual([expect.objectContaining({ tags: [`otel.trace_id:${traceId}`] })]);
    });

    it("has messages read from a span of another producer, as JSON text and, where it keeps them, as objects", async () => {
      publishVersion("1.2.3");
      // The types of API 1.9 know no objects here; what SDKs do with them is what is tested.
      for (const messages of [JSON.stringify(MESSAGES), MESSAGES as unknown as string]) {
        const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-5" };
        tracer.startSpan("chat", { attributes }).setAttribute("gen_ai.input.messages", messages).end();
      }
      await processor.forceFlush();
      const read = [{ role: "user", content: "Is it raining?" }];
      expect(records["keywords-ai"].map(({ prompt_messages }) => prompt_messages)).toEqual([
        read,
        sdk.keepsObjects ? read : undefined,
      ]);
      const structured = sink.spans.at(-1);
      expect(structured?.attributes["gen_ai.input.messages"]).toEqual(sdk.keepsObjects ? MESSAGES : undefined);
    });

    it("has spans wait for the resource's asynchronous attributes", async () => {
      tracer.startSpan("chat", { attributes: { "gen_ai.operation.name": "chat" } }).end();
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(records["keywords-ai"]).toEqual([]);
      publishVersion("late");
      await processor.forceFlush();
      expect(records["keywords-ai"]).toEqual([
        expect.objectContaining({ metadata: expect.objectContaining({ "service.version": "late" }) }),
      ]);
      expect(sink.spans[0]?.resource).toMatchObject({ "service.name": "compat", "service.version": "late" });
    });

    it("has propagated attributes on every span within, the model call's included", async () => {
      await propagateAttributes({ userId: "user_1", sessionId: "session_1" }, () => runAgent({}));
      const values = { "user.id": "user_1", "session.id": "session_1" };
      expect(sink.spans.map(({ attributes }) => attributes)).toEqual([
        expect.objectContaining(values),
        expect.objectContaining(values),
      ]);
      expect(records.cyberpod.map(({ user_id }) => user_id)).toEqual(["user_1", "user_1"]);
    });
  });
}
