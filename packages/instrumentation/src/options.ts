import type { MeterProvider, TracerProvider } from "@opentelemetry/api";

/** Where prompts and completions are recorded: nowhere, on the span, in a log event, or in both. */
export type CaptureContent = "none" | "span" | "event" | "both";

/** The part of a `LoggerProvider` of `@opentelemetry/api-logs` (or `@opentelemetry/api` 1.10) that is used here. */
export interface LoggerProviderLike {
  getLogger(name: string, version?: string): { emit(record: never): void };
}

/** What the user may set; every field has a default. */
export interface InstrumentationOptions {
  /**
   * Prompts, completions and tool definitions are sensitive and off by default. The default is read from
   * `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` (`span_only`, `event_only`, `span_and_event`, `true`, ...).
   */
  readonly captureContent?: CaptureContent | undefined;
  /** Keeps request, response and chunks as JSON text in `genspan.raw.*`: as sensitive as content. Default: false. */
  readonly captureRaw?: boolean | undefined;
  /** Keeps the caller's stack in `genspan.stacktrace`. Default: false. */
  readonly captureStacktrace?: boolean | undefined;
  /**
   * Whether token usage is asked for on streams where the application did not. Only `never` exists: asking would
   * add a chunk that the application did not order.
   */
  readonly streamUsage?: "never" | undefined;
  /** Default: the provider that is registered globally. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Default: the provider that is registered globally. */
  readonly meterProvider?: MeterProvider | undefined;
  /** Receives content events; default: the provider that is registered globally, if the API in use has logs. */
  readonly loggerProvider?: LoggerProviderLike | undefined;
}
