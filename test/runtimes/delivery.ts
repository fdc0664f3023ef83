/** What an application does with the processor in any JavaScript runtime. It asks for a spool, and is told whether it has one. */
import { type ExporterStatus, GenAISpanProcessor, otlp, vendorDestination } from "@genspan/exporter";
import { BasicTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-base";

export interface Places {
  readonly otlp: string;
  readonly vendor: string;
  readonly directory: string;
}

export interface DeliveryReport {
  /** Whether all was on disk. */
  readonly stored: boolean;
  readonly status: ExporterStatus;
}

/** More than one turn of the event loop takes. */
export const SPANS = 300;

/** In letters of one byte and of two: how a runtime writes these as bytes must not matter to the rules. */
const KEY = ["sk", "proj", "Zk3vT9qLm2XbR7wYc5NdA1eHf8GjU4sP"].join("-");

const ATTRIBUTES = {
  "note.plain": `Straße ${KEY}`,
  "note.wide": `手机 ${KEY} 手机`,
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "openai",
  "gen_ai.request.model": "gpt-4o",
  "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"Hello"}]}]',
  "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"Hi"}]}]',
};

function start({ otlp: url, vendor, directory }: Places): GenAISpanProcessor {
  const processor = new GenAISpanProcessor({
    destinations: [
      otlp({ name: "json", url: `${url}/v1/traces`, protocol: "http/json", compression: "gzip" }),
      otlp({ name: "protobuf", url: `${url}/v1/traces`, protocol: "http/protobuf" }),
      vendorDestination({ vendor: "keywords-ai", options: { apiKey: "key", baseUrl: vendor } }),
    ],
    redact: {},
    spool: { directory },
  });
  const spanProcessors = [processor as unknown as SpanProcessor]; // spans are read by their shape
  const tracer = new BasicTracerProvider({ spanProcessors }).getTracer("runtimes");
  for (let index = 0; index < SPANS; index++) tracer.startSpan("chat gpt-4o", { attributes: ATTRIBUTES }).end();
  return processor;
}

export async function deliver(places: Places): Promise<DeliveryReport> {
  const processor = start(places);
  const stored = await processor.store({ timeoutMillis: 10_000 });
  await processor.flush({ timeoutMillis: 30_000 });
  const status = processor.status();
  await processor.shutdown();
  return { stored, status };
}

/** Ends without having sent anything: the receivers are to be away. */
export async function leave(places: Places): Promise<DeliveryReport> {
  const processor = start(places);
  return { stored: await processor.store({ timeoutMillis: 10_000 }), status: processor.status() };
}
