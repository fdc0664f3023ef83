import {
  findVendor,
  type RedactionOptions,
  redactionProblems,
  SPOKEN_DIALECTS,
  type SpokenDialect,
  vendors,
} from "@genspan/mapping";
import { z } from "zod";
import { ConfigError } from "./config-error.ts";

/** How an OTLP collector is reached. */
export interface OtlpConfig {
  /** Base URL, such as `http://localhost:4318`; `/v1/traces` or `/v1/logs` is appended where it does not end so. */
  readonly endpoint?: string | undefined;
  /** The whole URL, nothing is appended; wins over `endpoint`. */
  readonly url?: string | undefined;
  /** Default: `http/protobuf`, or what `OTEL_EXPORTER_OTLP_PROTOCOL` says. */
  readonly protocol?: "http/json" | "http/protobuf" | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: `none`, or what `OTEL_EXPORTER_OTLP_COMPRESSION` says. */
  readonly compression?: "gzip" | "none" | undefined;
}

/** Where a vendor's records go. */
export type RecordTarget =
  /** The vendor's own endpoint. */
  | { readonly type: "http" }
  /** A JSON Lines file, one record on each line. */
  | { readonly type: "file"; readonly path: string }
  | { readonly type: "console" }
  /** An OTLP collector: the record becomes the body of a log record. */
  | ({ readonly type: "otlp" } & OtlpConfig);

export type DestinationConfig =
  | ({
      readonly type: "otlp";
      readonly name?: string | undefined;
      /**
       * How spans are said: for backends that know other names than the current conventions', whatever instrumentation
       * the spans came from. Default: as they are.
       */
      readonly dialect?: SpokenDialect | undefined;
      /** Only GenAI spans; what hangs below others moves up. Default: false, so that traces stay whole. */
      readonly genAIOnly?: boolean | undefined;
      readonly redact?: RedactConfig | undefined;
    } & OtlpConfig)
  | {
      readonly type: "vendor";
      /** A record format, such as `log10`; see `genspan vendors`. */
      readonly vendor: string;
      /** The vendor's options; environment variables fill in what is left out. */
      readonly options?: Readonly<Record<string, unknown>> | undefined;
      /** Default: the vendor's endpoint. */
      readonly to?: RecordTarget | undefined;
      readonly name?: string | undefined;
      readonly redact?: RedactConfig | undefined;
    }
  /** Spans as OTLP/JSON, one export request on each line. */
  | {
      readonly type: "file";
      readonly path: string;
      readonly name?: string | undefined;
      readonly genAIOnly?: boolean | undefined;
      readonly redact?: RedactConfig | undefined;
    }
  | {
      readonly type: "console";
      readonly name?: string | undefined;
      readonly genAIOnly?: boolean | undefined;
      readonly redact?: RedactConfig | undefined;
    };

/** What must not reach a destination; `false`: nothing is hidden there, whatever `redact` of `register` says. */
export type RedactConfig = RedactionOptions | false;

const url = z.url({ protocol: /^https?$/, error: "must be a URL such as http://localhost:4318" });
const path = z.string().min(1, "must be a file path");
const otlp = {
  endpoint: url.optional(),
  url: url.optional(),
  protocol: z.enum(["http/json", "http/protobuf"], { error: 'must be "http/json" or "http/protobuf"' }).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  compression: z.enum(["gzip", "none"], { error: 'must be "gzip" or "none"' }).optional(),
};
const target = z.discriminatedUnion(
  "type",
  [
    z.strictObject({ type: z.literal("http") }),
    z.strictObject({ type: z.literal("file"), path }),
    z.strictObject({ type: z.literal("console") }),
    z.strictObject({ type: z.literal("otlp"), ...otlp }),
  ],
  { error: '`type` must be "http", "file", "console" or "otlp"' },
);
const name = z.string().min(1).optional();
const genAIOnly = z.boolean("must be true or false").optional();
const redact = z
  .custom<RedactConfig>((value) => value === false || redactionProblems(value).length === 0, {
    error: ({ input }) => redactionProblems(input).join("; "),
  })
  .optional();
const dialect = z
  .enum(SPOKEN_DIALECTS, { error: `must be one of ${SPOKEN_DIALECTS.map((one) => `"${one}"`).join(", ")}` })
  .optional();
const vendorName = z.string().refine((value) => findVendor(value) !== undefined, {
  error: ({ input }) => `unknown vendor "${String(input)}"; choose one of ${vendorNames()}`,
});

const destinationSchema: z.ZodType<DestinationConfig> = z.discriminatedUnion(
  "type",
  [
    z.strictObject({ type: z.literal("otlp"), name, dialect, genAIOnly, redact, ...otlp }),
    z.strictObject({
      type: z.literal("vendor"),
      name,
      vendor: vendorName,
      options: z.record(z.string(), z.unknown()).optional(),
      to: target.optional(),
      redact,
    }),
    z.strictObject({ type: z.literal("file"), name, genAIOnly, redact, path }),
    z.strictObject({ type: z.literal("console"), name, genAIOnly, redact }),
  ],
  { error: '`type` must be "otlp", "vendor", "file" or "console"' },
);

/**
 * Reads a destination as users write it: an object, or text such as `otlp`, `otlp:http://collector:4318`,
 * `file:./spans.jsonl`, `console`, `log10`, `log10:console` or `log10:file:./log10.jsonl`.
 * @param place where it stands, for the error message: `destinations[1]`.
 * @throws {ConfigError}
 */
export function readDestination(given: unknown, place: string): DestinationConfig {
  const value = typeof given === "string" ? readText(given, place) : given;
  const parsed = destinationSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const clauses = parsed.error.issues.map((issue) => {
    const at = [place, ...issue.path].join(".");
    return issue.code === "unrecognized_keys"
      ? `${at}: unknown key ${issue.keys.join(", ")}`
      : `${at}: ${issue.message}`;
  });
  throw new ConfigError(`genspan: ${clauses.join("; ")}.`);
}

function readText(text: string, place: string): unknown {
  const [word, rest] = splitOnce(text.trim());
  if (word === "otlp") return { type: "otlp", ...(rest !== undefined && { endpoint: rest }) };
  if (word === "console") return { type: "console" };
  if (word === "file") return { type: "file", path: rest ?? "" };
  if (findVendor(word) === undefined) {
    throw new ConfigError(
      `genspan: ${place}: unknown destination "${word}"; choose one of otlp, file, console, ${vendorNames()}.`,
    );
  }
  if (rest === undefined) return { type: "vendor", vendor: word };
  const [kind, where] = splitOnce(rest);
  const to =
    kind === "file"
      ? { type: kind, path: where ?? "" }
      : kind === "otlp" && where
        ? { type: kind, endpoint: where }
        : { type: kind };
  return { type: "vendor", vendor: word, to };
}

function splitOnce(text: string): readonly [string, string | undefined] {
  const colon = text.indexOf(":");
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)];
}

function vendorNames(): string {
  return vendors.flatMap((vendor) => [vendor.name, ...(vendor.aliases ?? [])]).join(", ");
}
