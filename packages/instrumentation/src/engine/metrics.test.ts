import { metrics, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type Sampler,
  SamplingDecision,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import OpenAI from "openai";
import { beforeEach, describe, expect, it } from "vitest";
import { instrument } from "../instrument.ts";
import { startServer } from "../testing/openai-server.ts";
import { memorySpans } from "../testing/spans.ts";

const server = await startServer();
memorySpans();
beforeEach(() => {
  metrics.disable();
});

interface Recorded {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

async function record(run: (client: OpenAI) => Promise<unknown>): Promise<Map<string, Recorded[]>> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter });
  const client = instrument(new OpenAI({ apiKey: "k", baseURL: server.baseURL, maxRetries: 0 }));
  // Registered after the client was instrumented, as applications may.
  const provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
  await run(client);
  await reader.forceFlush();
  const scopes = exporter.getMetrics().flatMap((resource) => resource.scopeMetrics);
  const byName = new Map<string, Recorded[]>();
  for (const { descriptor, dataPoints } of scopes.flatMap((scope) => scope.metrics)) {
    byName.set(
      descriptor.name,
      dataPoints.map(({ attributes, value }) => ({
        attributes,
        value: typeof value === "number" ? value : value.count,
      })),
    );
  }
  await provider.shutdown();
  return byName;
}

const ask = { model: "gpt-4o", messages: [{ role: "user" as const, content: "hello" }] };
const dimensions = {
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "openai",
  "gen_ai.request.model": "gpt-4o",
  "gen_ai.response.model": "gpt-4o-2024-08-06",
  "server.address": "127.0.0.1",
};

describe("metrics", () => {
  it("of a chat are its duration and its tokens, with the conventions' dimensions", async () => {
    const recorded = await record((client) => client.chat.completions.create(ask));
    expect([...recorded.keys()].sort()).toEqual([
      "gen_ai.client.inference.duration",
      "gen_ai.client.inference.operation.input_tokens",
      "gen_ai.client.inference.operation.output_tokens",
      "gen_ai.client.inference.usage.cache_read.input_tokens",
      "gen_ai.client.inference.usage.input_tokens",
      "gen_ai.client.inference.usage.output_tokens",
    ]);
    expect(recorded.get("gen_ai.client.inference.duration")?.[0]).toMatchObject({ value: 1, attributes: dimensions });
    expect(recorded.get("gen_ai.client.inference.usage.input_tokens")?.[0]).toMatchObject({
      value: 11,
      attributes: { ...dimensions, "gen_ai.token.modality": "unknown" },
    });
    expect(recorded.get("gen_ai.client.inference.operation.output_tokens")?.[0]?.attributes).not.toHaveProperty(
      "gen_ai.token.modality",
    );
  });

  it("count every call, whichever of them are sampled: their sums are those without sampling", async () => {
    const exporter = new InMemorySpanExporter();
    let calls = 0;
    // Of three calls one is sampled, one is recorded only, and of one there is nothing but the metrics.
    const decisions = [SamplingDecision.RECORD_AND_SAMPLED, SamplingDecision.RECORD, SamplingDecision.NOT_RECORD];
    const sampler: Sampler = {
      shouldSample: () => ({ decision: decisions[calls++ % 3] ?? SamplingDecision.NOT_RECORD }),
    };
    trace.disable();
    const spanProcessors = [new SimpleSpanProcessor(exporter)];
    trace.setGlobalTracerProvider(new BasicTracerProvider({ sampler, spanProcessors }));
    const recorded = await record(async (client) => {
      for (let call = 0; call < 6; call++) await client.chat.completions.create(ask);
      for (let call = 0; call < 3; call++) {
        const options = { stream: true, stream_options: { include_usage: true } } as const;
        for await (const _ of await client.chat.completions.create({ ...ask, ...options }));
      }
    });
    expect(exporter.getFinishedSpans()).toHaveLength(3);
    const sumOf = (name: string) =>
      recorded.get(name)?.reduce((sum, { value }) => sum + (typeof value === "number" ? value : 0), 0);
    expect(sumOf("gen_ai.client.inference.usage.input_tokens")).toBe(9 * 11);
    expect(sumOf("gen_ai.client.inference.usage.output_tokens")).toBe(9 * 7);
    expect(sumOf("gen_ai.client.inference.duration")).toBe(9);
  });

  it("of a stream are the time to the first chunk and between chunks", async () => {
    const recorded = await record(async (client) => {
      for await (const _ of await client.chat.completions.create({ ...ask, stream: true }));
    });
    expect(recorded.get("gen_ai.client.inference.time_to_first_chunk")?.[0]?.value).toBe(1);
    expect(recorded.get("gen_ai.client.inference.time_per_output_chunk")?.[0]?.value).toBe(3);
  });

  it("of a failure have its error type", async () => {
    const messages = [{ role: "user" as const, content: "ERR" }];
    const recorded = await record((client) => client.chat.completions.create({ ...ask, messages }).catch(() => {}));
    const [duration] = recorded.get("gen_ai.client.inference.duration") ?? [];
    expect(duration?.attributes).toMatchObject({ "error.type": "BadRequestError" });
  });

  it("of other operations are their duration alone", async () => {
    const recorded = await record((client) => client.embeddings.create({ model: "e", input: "hello" }));
    expect([...recorded.keys()]).toEqual(["gen_ai.client.operation.duration"]);
  });
});
