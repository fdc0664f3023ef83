import { GenAISpanProcessor, vendorDestination } from "@genspan/exporter";
import { GenAIInstrumentation } from "@genspan/instrumentation";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

const log10 = vendorDestination({
  vendor: "log10",
  options: {
    token: process.env.LOG10_TOKEN,
    organizationId: process.env.LOG10_ORGANIZATION_ID,
    baseUrl: process.env.LOG10_URL,
  },
});

// SDK 3 registers by the API; the second processor and the instrumentation are new.
const provider = new TracerProvider({
  spanProcessors: [
    new BatchSpanProcessor({ exporter: new OTLPTraceExporter() }),
    new GenAISpanProcessor({ destinations: [log10] }),
  ],
});
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(provider);
new GenAIInstrumentation({ captureContent: "span" });

const { default: OpenAI } = await import("openai"); // loaded after the instrumentation, as applications do by a flag
const client = new OpenAI(); // OPENAI_API_KEY, OPENAI_BASE_URL

await trace.getTracer("application").startActiveSpan("greet", async (span) => {
  const completion = await client.chat.completions.create({
    model: process.env.OPENAI_MODEL ?? "gpt-4o-mini",
    messages: [{ role: "user", content: "Say hello." }],
  });
  console.log(completion.choices[0]?.message.content);
  span.end();
});
await provider.shutdown();
