import { GenAISpanProcessor, otlp } from "@genspan/exporter";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BatchSpanProcessor, type SpanProcessor } from "@opentelemetry/sdk-trace-base";

export interface Pipeline {
  readonly processors: readonly SpanProcessor[];
  /** Spans that every destination has taken. */
  readonly delivered: () => number;
  readonly dropped: () => number;
}

export interface PipelineOptions {
  readonly url: string;
  readonly destinations: number;
  /** For pipelines with a spool. */
  readonly directory: string;
}

export const PIPELINES: Readonly<Record<string, (options: PipelineOptions) => Pipeline>> = {
  "no processor": () => ({ processors: [], delivered: () => Number.POSITIVE_INFINITY, dropped: () => 0 }),
  "stock OTLP/JSON": (options) => stock((url) => new JsonExporter({ url }), options),
  "stock OTLP/protobuf": (options) => stock((url) => new ProtobufExporter({ url }), options),
  "genspan OTLP/JSON, memory": (options) => genspan("http/json", options),
  "genspan OTLP/protobuf, memory": (options) => genspan("http/protobuf", options),
  "genspan OTLP/JSON, spool": (options) => genspan("http/json", options, { directory: options.directory }),
  "genspan OTLP/protobuf, spool": (options) => genspan("http/protobuf", options, { directory: options.directory }),
};

const urlOf = (url: string, index: number) => `${url}/${index}/v1/traces`;

/** One processor for each exporter, as the SDK does it. Its queue is made large, so that nothing is dropped. */
function stock(newExporter: (url: string) => JsonExporter, { url, destinations }: PipelineOptions): Pipeline {
  const counts = Array.from({ length: destinations }, () => ({ delivered: 0, failed: 0 }));
  const processors = counts.map((count, index) => {
    const exporter = newExporter(urlOf(url, index));
    const send = exporter.export.bind(exporter);
    exporter.export = (spans, done) =>
      send(spans, (result) => {
        count[result.code === 0 ? "delivered" : "failed"] += spans.length;
        done(result);
      });
    return new BatchSpanProcessor(exporter, { maxQueueSize: 100_000 });
  });
  return {
    processors,
    delivered: () => Math.min(...counts.map(({ delivered }) => delivered)),
    dropped: () => counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

function genspan(
  protocol: "http/json" | "http/protobuf",
  { url, destinations }: PipelineOptions,
  spool?: { readonly directory: string },
): Pipeline {
  const processor = new GenAISpanProcessor({
    destinations: Array.from({ length: destinations }, (_, index) =>
      otlp({ url: urlOf(url, index), protocol, name: `otlp-${index}` }),
    ),
    spool,
  });
  // What `status()` gathers would be a cost of the benchmark's own, were it asked in every turn.
  let known = 0;
  let turns = 0;
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, one) => all + one, 0);
  return {
    processors: [processor as unknown as SpanProcessor], // of this SDK as of any
    delivered() {
      if (turns++ % 16 === 0) known = Math.min(...processor.status().destinations.map(({ sent }) => sent));
      return known;
    },
    dropped: () =>
      processor
        .status()
        .destinations.reduce((all, { dropped, deadLettered }) => all + sum(dropped) + sum(deadLettered), 0),
  };
}
