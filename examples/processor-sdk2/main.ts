import { GenAISpanProcessor, vendorDestination } from "@genspan/exporter";
import { GenAIInstrumentation } from "@genspan/instrumentation";
import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

const keywordsAI = vendorDestination({
  vendor: "keywords-ai",
  options: { apiKey: process.env.RESPAN_API_KEY, baseUrl: process.env.RESPAN_BASE_URL },
});

// A tracing set-up as many applications have it; the second processor and the instrumentation are new.
const provider = new NodeTracerProvider({
  spanProcessors: [
    new BatchSpanProcessor(new OTLPTraceExporter()),
    new GenAISpanProcessor({ destinations: [keywordsAI] }),
  ],
});
provider.register();
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
