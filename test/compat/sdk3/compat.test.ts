import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { compatSuite } from "../suite.ts";

compatSuite({
  name: "OpenTelemetry SDK 3",
  keepsObjects: true,
  start(processor, serviceVersion) {
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({
      resource: resourceFromAttributes({ "service.name": "compat", "service.version": serviceVersion }),
      spanProcessors: [processor, new SimpleSpanProcessor({ exporter })],
    });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(provider);
    return {
      provider,
      finished: () => exporter.getFinishedSpans(),
      async stop() {
        await provider.shutdown();
        trace.disable();
        context.disable();
      },
    };
  },
  exporter: (url) => new OTLPTraceExporter({ url }),
});
