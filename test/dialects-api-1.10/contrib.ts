import { createRequire } from "node:module";
import { metrics } from "@opentelemetry/api";
import { OpenAIInstrumentation } from "@opentelemetry/instrumentation-openai";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { callOpenAI } from "../dialects/producers/openai-call.ts";
import { plain, run } from "../dialects/producers/run.ts";

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true });
instrumentation.setTracerProvider(provider);
instrumentation.setMeterProvider(metrics.getMeterProvider()); // its streams fail without one
instrumentation.enable();
// It patches what `require` loads after it.
const { default: OpenAI } = createRequire(import.meta.url)("openai") as typeof import("openai");

await run(
  (play) => callOpenAI(new OpenAI({ apiKey: "key", baseURL: play.baseURL, maxRetries: 0 }), play),
  async () => {
    const spans = exporter.getFinishedSpans().map(plain);
    exporter.reset();
    return spans;
  },
);
