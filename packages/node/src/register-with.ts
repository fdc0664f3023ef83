import {
  type Destination,
  type ExporterStatus,
  GenAISpanProcessor,
  type GenAISpanProcessorOptions,
} from "@genspan/exporter/core";
import {
  GenAIInstrumentation,
  type InstrumentationOptions,
  type InstrumentationStatus,
  instrument,
  status as instrumentationStatus,
} from "@genspan/instrumentation";
import { context, createContextKey, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import type { DestinationOption } from "./destinations.ts";
import { watchEnd } from "./process-end.ts";
import { tellOnStandardError } from "./tell-on-stderr.ts";

export interface RegisterOptions
  extends Omit<InstrumentationOptions, "tracerProvider">,
    Omit<GenAISpanProcessorOptions, "destinations"> {
  /**
   * Where spans and records go: text such as `"otlp"`, `"otlp:http://collector:4318"`, `"log10"`,
   * `"file:./spans.jsonl"`; an object such as `{ type: "vendor", vendor: "log10", options: {...} }`; or a `Destination`
   * of `@genspan/exporter`.
   */
  readonly destinations: readonly DestinationOption[];
  /** `service.name`. Default: `OTEL_SERVICE_NAME`, else `unknown_service:node`. */
  readonly serviceName?: string | undefined;
  /** Further attributes of the resource; `OTEL_RESOURCE_ATTRIBUTES` is read as well. */
  readonly resourceAttributes?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Whether the tracer provider becomes the global one. Default: false, so that another tracing set-up is untouched. */
  readonly global?: boolean | undefined;
}

/** What is running. */
export interface Genspan {
  /** For spans of the application's own, such as agents and tools, in the same traces. */
  readonly tracerProvider: BasicTracerProvider;
  readonly processor: GenAISpanProcessor;
  readonly instrumentation: GenAIInstrumentation;
  /**
   * Traces one client, client class or module that was loaded before `register` ran or is bundled, and returns it.
   * Clients that are loaded later need no such call.
   */
  instrument<T extends object>(target: T): T;
  /** What was instrumented and why not, and what became of every span at every destination. */
  status(): GenspanStatus;
  /** Delivers what has ended, for at most that long. @returns how many items are still queued. */
  flush(options: { readonly timeoutMillis: number }): Promise<{ readonly queued: number }>;
  forceFlush(): Promise<void>;
  /** Delivers what there is and stops. Once only. */
  shutdown(): Promise<void>;
}

export interface GenspanStatus {
  readonly instrumentation: InstrumentationStatus;
  readonly exporter: ExporterStatus;
}

/**
 * As `register`, with destinations that somebody else opens.
 * @throws {ConfigError} what `open` throws.
 */
export function registerWith(options: RegisterOptions, open: () => readonly Destination[]): Genspan {
  const stopTelling = tellOnStandardError(process.env);
  let destinations: readonly Destination[];
  try {
    destinations = open();
  } catch (error) {
    stopTelling();
    throw error;
  }
  const processor = new GenAISpanProcessor({ ...options, destinations });
  const tracerProvider = new BasicTracerProvider({ resource: resourceOf(options), spanProcessors: [processor] });
  if (!hasContextManager()) context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  if (options.global) trace.setGlobalTracerProvider(tracerProvider);

  const instrumentation = new GenAIInstrumentation({ ...options, tracerProvider });
  instrumentation.enable();

  const end = watchEnd(processor, options.shutdownTimeoutMillis);
  let shutdown: Promise<void> | undefined;
  return {
    tracerProvider,
    processor,
    instrumentation,
    instrument: (target) => instrument(target, { ...options, tracerProvider }),
    status: () => ({ instrumentation: instrumentationStatus(), exporter: processor.status() }),
    flush: (flushOptions) => processor.flush(flushOptions),
    forceFlush: () => processor.forceFlush(),
    shutdown() {
      end.leaveToShutdown();
      instrumentation.disable();
      shutdown ??= tracerProvider.shutdown().finally(() => {
        end.stopWatching();
        stopTelling();
      });
      return shutdown;
    },
  };
}

/** Parents and propagated attributes need a context manager; one that is there already stays. */
function hasContextManager(): boolean {
  const key = createContextKey("genspan.probe");
  return context.with(context.active().setValue(key, true), () => context.active().getValue(key) === true);
}

function resourceOf({ serviceName, resourceAttributes }: RegisterOptions) {
  const own = { ...resourceAttributes, ...(serviceName !== undefined && { [ATTR_SERVICE_NAME]: serviceName }) };
  return defaultResource()
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(resourceFromAttributes(own));
}
