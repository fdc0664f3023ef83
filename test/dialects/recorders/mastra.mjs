/**
 * Mastra: an agent of one step is asked for what the recorded body asks for. Its spans by its exporter, or with `bridge`
 * by its bridge to OpenTelemetry.
 * Needs: @mastra/core@1.71.0 @mastra/observability@1.17.9 @mastra/otel-exporter@1.4.0 @mastra/otel-bridge@1.5.4 ai@7.0.173
 * @ai-sdk/openai@4.0.118 @opentelemetry/sdk-trace-base@2.12.1 @opentelemetry/context-async-hooks@2.12.0 zod@4
 */
import { createOpenAI } from "@ai-sdk/openai";
import { Mastra } from "@mastra/core";
import { Agent } from "@mastra/core/agent";
import { Observability } from "@mastra/observability";
import { OtelBridge } from "@mastra/otel-bridge";
import { OtelExporter } from "@mastra/otel-exporter";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { jsonSchema } from "ai";
import { modelMessages, systemOf, toolsOf } from "./bodies.ts";
import { consume, plain, run } from "./run.ts";

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
const isBridge = process.argv[3] === "bridge";
const otel = new OtelExporter({
  provider: { custom: { endpoint: "http://127.0.0.1:9" } },
  exporter,
  signals: { traces: true, logs: false },
});
const way = isBridge ? { bridge: new OtelBridge() } : { exporters: [otel] };
const observability = new Observability({ configs: { otel: { serviceName: "recorded", ...way } } });

async function call({ id, baseURL, api, body }) {
  if (api !== "chat.completions" || id.startsWith("mistral-")) return;
  const tools = toolsOf(body).map(({ name, description, schema }) => [
    name,
    { description, inputSchema: jsonSchema(schema) },
  ]);
  const recorded = new Agent({
    id: "recorded",
    name: "recorded",
    instructions: systemOf(body) ?? "",
    model: createOpenAI({ apiKey: "key", baseURL }).chat(body.model),
    tools: Object.fromEntries(tools),
    maxRetries: 0,
  });
  const agent = new Mastra({ agents: { recorded }, observability, logger: false }).getAgent("recorded");
  const modelSettings = { temperature: body.temperature, maxOutputTokens: body.max_tokens, maxRetries: 0 };
  const options = { maxSteps: 1, modelSettings };
  const messages = modelMessages(body, false);
  if (body.stream === true) await consume((await agent.stream(messages, options)).fullStream);
  else await agent.generate(messages, options);
}

await run(call, async () => {
  await otel.flush();
  const spans = exporter.getFinishedSpans().map(plain);
  exporter.reset();
  return spans;
});
