import * as api from "@opentelemetry/api";
import type {
  CaptureContent,
  CountTokens,
  InstrumentationOptions,
  LoggerProviderLike,
  StreamUsage,
} from "../options.ts";
import {
  defaultCaptureContent,
  defaultContentMaxLength,
  defaultMediaMaxBytes,
  defaultStreamUsage,
} from "./environment.ts";
import { estimateTokens } from "./estimate.ts";
import type { MediaRule } from "./media.ts";
import { createInstruments, type Instruments } from "./metrics.ts";
import { SCOPE_NAME, SCOPE_VERSION } from "./scope.ts";

/** Options with their defaults, and the tracer, instruments and logger that belong to them. */
export interface Tracing {
  readonly contentOnSpan: boolean;
  readonly contentInEvent: boolean;
  readonly contentMaxLength: number;
  readonly captureRaw: boolean;
  readonly captureStacktrace: boolean;
  readonly streamUsage: StreamUsage;
  readonly countTokens: CountTokens;
  readonly media: MediaRule;
  tracer(): api.Tracer;
  /** Undefined where no meter provider is registered: then nothing is measured. */
  instruments(): Instruments | undefined;
  logger(): EventLogger | undefined;
}

export interface EventLogger {
  emit(record: {
    readonly eventName: string;
    readonly severityNumber?: number;
    readonly context: api.Context;
    readonly attributes: Readonly<Record<string, unknown>>;
  }): void;
}

export function createTracing(options: InstrumentationOptions): Tracing {
  const content: CaptureContent = options.captureContent ?? defaultCaptureContent();
  const tracer = cachedBy(
    () => options.tracerProvider ?? api.trace.getTracerProvider(),
    (provider) => provider.getTracer(SCOPE_NAME, SCOPE_VERSION),
  );
  const instruments = cachedBy(
    () => options.meterProvider ?? api.metrics.getMeterProvider(),
    (provider) => createInstruments(provider.getMeter(SCOPE_NAME, SCOPE_VERSION)),
  );
  const logger = cachedBy(
    () => options.loggerProvider ?? globalLoggerProvider(),
    // The record type of the logs API is wider than what is emitted here; the API is no dependency of ours.
    (provider) => provider?.getLogger(SCOPE_NAME, SCOPE_VERSION) as EventLogger | undefined,
  );
  return {
    contentOnSpan: content === "span" || content === "both",
    contentInEvent: content === "event" || content === "both",
    contentMaxLength: options.contentMaxLength ?? defaultContentMaxLength(),
    captureRaw: options.captureRaw ?? false,
    captureStacktrace: options.captureStacktrace ?? false,
    streamUsage: options.streamUsage ?? defaultStreamUsage(),
    countTokens: options.countTokens ?? estimateTokens,
    media: { maxBytes: options.mediaMaxBytes ?? defaultMediaMaxBytes(), onMedia: options.onMedia },
    tracer,
    instruments,
    logger,
  };
}

/** Makes again only when the provider is another one: global providers may be registered, or replaced, at any time. */
function cachedBy<P, T>(provider: () => P, make: (provider: P) => T): () => T {
  let cached: { readonly provider: P; readonly value: T } | undefined;
  return () => {
    const current = provider();
    if (cached === undefined || cached.provider !== current) cached = { provider: current, value: make(current) };
    return cached.value;
  };
}

/** `@opentelemetry/api` has logs from 1.10 on; with an older API a logger provider must be given. */
function globalLoggerProvider(): LoggerProviderLike | undefined {
  const { logs } = api as { readonly logs?: { getLoggerProvider(): LoggerProviderLike } };
  return logs?.getLoggerProvider();
}
