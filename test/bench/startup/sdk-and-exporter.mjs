// What an application loads that sets OpenTelemetry up by itself: the yardstick for `--import genspan/register`.
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

if (process.env.GENSPAN_BENCH_NEVER) {
  new BasicTracerProvider({
    resource: defaultResource(),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  new AsyncLocalStorageContextManager().enable();
}
