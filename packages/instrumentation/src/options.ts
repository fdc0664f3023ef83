import type { MeterProvider, TracerProvider } from "@opentelemetry/api";

/** Where prompts and completions are recorded: nowhere, on the span, in a log event, or in both. */
export type CaptureContent = "none" | "span" | "event" | "both";

/** How token counts of streams come about where the provider reports none unasked. */
export type StreamUsage = "never" | "request" | "count";

/** Tokens of a text as the model counts them; `model` is the name that the response gave, or the request. */
export type CountTokens = (text: string, model: string | undefined) => number;

/** An image, a sound or a document out of a prompt or an answer. */
export interface MediaUpload {
  readonly bytes: Uint8Array;
  /** Hexadecimal, of the bytes. */
  readonly sha256: string;
  readonly mimeType: string | undefined;
  /** `image`, `audio`, `video`, `document`, where the provider told. */
  readonly modality: string | undefined;
}

/**
 * Called in a turn of its own, never while the application waits. The URI that it returns or resolves to stands in the
 * span in the place of the bytes; without one it has their SHA-256. The span ends, with the time of the call's end, when
 * the hook has answered, or after 10 s. What it throws is counted in `status()`.
 */
export type OnMedia = (media: MediaUpload) => string | undefined | Promise<string | undefined>;

/** The part of a `LoggerProvider` of `@opentelemetry/api-logs` (or `@opentelemetry/api` 1.10) that is used here. */
export interface LoggerProviderLike {
  getLogger(name: string, version?: string): { emit(record: never): void };
}

/** What the user may set; every field has a default. */
export interface InstrumentationOptions {
  /**
   * Prompts, completions and tool definitions are sensitive and off by default. The default is read from
   * `GENSPAN_CAPTURE_CONTENT`, else `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` (`span_only`, `event_only`, `span_and_event`, `true`, ...).
   */
  readonly captureContent?: CaptureContent | undefined;
  /**
   * Characters of one content attribute of a span: its longest texts are cut, and it stays JSON. Default: the SDK's limit,
   * `OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT` or `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, else none. Set it where a provider is
   * given such a limit in code: what an SDK cuts is no JSON any more.
   */
  readonly contentMaxLength?: number | undefined;
  /** Keeps request, response and chunks as JSON text in `genspan.raw.*`: as sensitive as content. Default: false. */
  readonly captureRaw?: boolean | undefined;
  /** Keeps the caller's stack in `genspan.stacktrace`. Default: false. */
  readonly captureStacktrace?: boolean | undefined;
  /**
   * What to do about streams whose provider reports usage on request only (OpenAI's chat and text completions), where the
   * application did not request it. Default: `GENSPAN_STREAM_USAGE`, else `never`.
   * - `never`: nothing; such spans have no token counts.
   * - `request`: it is requested, and the chunk that this adds is kept from the application. (Not from one that reads
   *   the bytes of a raw response.)
   * - `count`: the request stays as it is; tokens are counted by `countTokens`, and `genspan.usage.estimated` is true.
   */
  readonly streamUsage?: StreamUsage | undefined;
  /**
   * For `streamUsage: "count"`: tokens of the texts of prompt and answer; media, templates and hidden instructions are not
   * among them. Default: a rule of thumb, about four characters to a token.
   */
  readonly countTokens?: CountTokens | undefined;
  /**
   * Media in captured content over this many bytes are replaced by type, size and SHA-256. Default:
   * `GENSPAN_MEDIA_MAX_BYTES`, else 131072 (128 KiB).
   */
  readonly mediaMaxBytes?: number | undefined;
  /** Takes media over `mediaMaxBytes` to wherever they are to be kept. Default: nowhere. */
  readonly onMedia?: OnMedia | undefined;
  /** Default: the provider that is registered globally. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Default: the provider that is registered globally. */
  readonly meterProvider?: MeterProvider | undefined;
  /** Receives content events; default: the provider that is registered globally, if the API in use has logs. */
  readonly loggerProvider?: LoggerProviderLike | undefined;
}
