import type { Endpoint, GenAISpan, Trace, Unit, VendorFormat } from "@genspan/mapping";
import type { Tracer } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { z } from "zod";
import { GenAISpanProcessor } from "../genai-span-processor.ts";
import type { GenAISpanProcessorOptions } from "../processor-options.ts";

/** Parts for tests: a record format that is small enough to read at a glance, and a processor in a real SDK. */

export interface TinyRecord {
  readonly id: string;
  readonly names: readonly string[];
}

const tinySchema: z.ZodType<TinyRecord> = z.object({ id: z.string(), names: z.array(z.string()).min(1) });

/** A record with the names of a span and its ancestors, or of all spans of a trace. Spans named `skip` are not wanted. */
export function tinyFormat(unit: Unit, endpoint: Endpoint<TinyRecord> | string = "nowhere"): VendorFormat {
  const format: VendorFormat<TinyRecord> = {
    name: "tiny",
    recordName: "TinyRecord",
    unit,
    schema: tinySchema,
    accepts: (span) => span.name !== "skip",
    map: ({ span, trace }) => ({ id: span.spanId, names: namesOf(span, trace, unit) }),
    endpoint: typeof endpoint === "string" ? { unavailable: endpoint } : endpoint,
    decode: () => [],
    tables: [],
  };
  return format as unknown as VendorFormat; // widened as `defineVendor` widens: it only ever gets its own records
}

function namesOf(span: GenAISpan, trace: Trace, unit: Unit): readonly string[] {
  if (span.name === "invalid") return [];
  if (span.name === "throws") throw new Error("a row threw");
  const spans = unit === "trace" ? trace.spans : [span, ...trace.ancestorsOf(span)];
  return spans.map(({ name }) => name);
}

export function tinyEndpoint(url: string, fields: Partial<Endpoint<TinyRecord>> = {}): Endpoint<TinyRecord> {
  return {
    maxRecords: 10,
    retryableStatuses: [429, 503],
    request: (records) => ({
      url: `${url}/records`,
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer key" },
      body: JSON.stringify(records),
    }),
    ...fields,
  };
}

export interface TestSdk {
  readonly processor: GenAISpanProcessor;
  readonly tracer: Tracer;
}

export function startSdk(options: GenAISpanProcessorOptions): TestSdk {
  const processor = new GenAISpanProcessor({ retry: { initialDelayMillis: 1, maxDelayMillis: 20 }, ...options });
  const provider = new BasicTracerProvider({ spanProcessors: [processor] });
  return { processor, tracer: provider.getTracer("test") };
}
