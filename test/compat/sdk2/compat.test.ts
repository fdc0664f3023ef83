import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { compatSuite } from "../suite.ts";

compatSuite({
  name: "OpenTelemetry SDK 2",
  keepsObjects: false,
  start(processor, serviceVersion) {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ "service.name": "compat", "service.version": serviceVersion }),
      spanProcessors: [processor, new SimpleSpanProcessor(exporter)],
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
