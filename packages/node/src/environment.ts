import type { SpoolOptions } from "@genspan/exporter";
import { type CaptureContent, parseCaptureContent } from "@genspan/instrumentation";
import { type RedactionOptions, RULE_NAMES } from "@genspan/mapping/core";
import { ConfigError } from "./config-error.ts";

/** What `genspan/register` reads; every variable may be left out. */
export interface EnvironmentConfig {
  /** False when `GENSPAN_DISABLED` or `OTEL_SDK_DISABLED` is true. */
  readonly enabled: boolean;
  /** `GENSPAN_DESTINATIONS`, separated by commas; default: `otlp`. */
  readonly destinations: readonly string[];
  /** `GENSPAN_GLOBAL`: whether the tracer provider becomes the global one. */
  readonly global: boolean;
  /** `GENSPAN_CAPTURE_CONTENT`; without it the OpenTelemetry variable decides. */
  readonly captureContent?: CaptureContent;
  /** `GENSPAN_CAPTURE_RAW`. */
  readonly captureRaw: boolean;
  /** `GENSPAN_CAPTURE_STACKTRACE`. */
  readonly captureStacktrace: boolean;
  /** `GENSPAN_SPOOL_DIRECTORY` and its companions; without a directory queues are in memory. */
  readonly spool?: SpoolOptions;
  /** `GENSPAN_REDACT`: `all`, or names of rules separated by commas; without it nothing is hidden. */
  readonly redact?: RedactionOptions;
  /** `GENSPAN_HANDLE_SIGTERM`: whether SIGTERM has what is queued stored or delivered before it takes its effect. */
  readonly handleSigterm?: boolean;
  /** `GENSPAN_SHUTDOWN_TIMEOUT_MILLIS`. */
  readonly shutdownTimeoutMillis?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const CAPTURE: readonly string[] = ["none", "span", "event", "both"] satisfies CaptureContent[];

/** @throws {ConfigError} that names the variable and its allowed values. */
export function readEnvironment(environment: Environment): EnvironmentConfig {
  const flag = (name: string): boolean => isOn(environment, name);
  const word = environment["GENSPAN_CAPTURE_CONTENT"]?.trim().toLowerCase();
  const capture = word ? parseCaptureContent(word) : undefined;
  if (word && capture === undefined) {
    throw new ConfigError(`genspan: GENSPAN_CAPTURE_CONTENT is "${word}"; set it to one of ${CAPTURE.join(", ")}.`);
  }
  const spool = spoolOf(environment);
  const shutdownTimeoutMillis = wholeNumber(environment, "GENSPAN_SHUTDOWN_TIMEOUT_MILLIS", "milliseconds");
  const destinations = (environment["GENSPAN_DESTINATIONS"] ?? "").split(",").flatMap((word) => word.trim() || []);
  return {
    enabled: isEnabled(environment),
    // A variable that is empty is one that is not set, as the specification says of its own.
    destinations: destinations.length === 0 ? ["otlp"] : destinations,
    global: flag("GENSPAN_GLOBAL"),
    ...(capture && { captureContent: capture }),
    captureRaw: flag("GENSPAN_CAPTURE_RAW"),
    captureStacktrace: flag("GENSPAN_CAPTURE_STACKTRACE"),
    ...(spool !== undefined && { spool }),
    ...redactOf(environment["GENSPAN_REDACT"]),
    ...(flag("GENSPAN_HANDLE_SIGTERM") && { handleSigterm: true }),
    ...(shutdownTimeoutMillis !== undefined && { shutdownTimeoutMillis }),
  };
}

/**
 * Whether neither `GENSPAN_DISABLED` nor `OTEL_SDK_DISABLED` is true.
 * @throws {ConfigError}
 */
export function isEnabled(environment: Environment): boolean {
  return !isOn(environment, "GENSPAN_DISABLED") && !isOn(environment, "OTEL_SDK_DISABLED");
}

function isOn(environment: Environment, name: string): boolean {
  const value = environment[name]?.trim().toLowerCase() ?? "";
  if (["", "0", "false", "no", "off"].includes(value)) return false;
  if (["1", "true", "yes", "on"].includes(value)) return true;
  throw new ConfigError(`genspan: ${name} is "${value}"; set it to true or false.`);
}

function wholeNumber(environment: Environment, name: string, unit: string): number | undefined {
  const given = environment[name]?.trim();
  if (!given) return undefined;
  const value = Number(given);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new ConfigError(`genspan: ${name} is "${given}"; set it to a number of ${unit}.`);
}

function redactOf(text = ""): { readonly redact?: RedactionOptions } {
  const words = text
    .toLowerCase()
    .split(",")
    .flatMap((word) => word.trim() || []);
  if (words.length === 0 || words.join() === "none") return {};
  if (words.join() === "all") return { redact: {} };
  const rules = RULE_NAMES.filter((rule) => words.includes(rule));
  if (rules.length === words.length) return { redact: { rules } };
  throw new ConfigError(`genspan: GENSPAN_REDACT is "${text}"; set it to all, or to some of ${RULE_NAMES.join(", ")}.`);
}

const OVERFLOW = ["drop-oldest", "drop-newest", "block"] as const;
const DURABILITY = ["group", "sync"] as const;
const DRIVER = ["node:sqlite", "better-sqlite3"] as const;

function spoolOf(environment: Environment): SpoolOptions | undefined {
  const directory = environment["GENSPAN_SPOOL_DIRECTORY"]?.trim();
  if (!directory) return undefined;
  const word = <T extends string>(name: string, allowed: readonly T[]): T | undefined => {
    const value = environment[name]?.trim();
    if (!value) return undefined;
    const found = allowed.find((one) => one === value);
    if (found !== undefined) return found;
    throw new ConfigError(`genspan: ${name} is "${value}"; set it to one of ${allowed.join(", ")}.`);
  };
  return {
    directory,
    maxBytes: wholeNumber(environment, "GENSPAN_SPOOL_MAX_BYTES", "bytes"),
    overflow: word("GENSPAN_SPOOL_OVERFLOW", OVERFLOW),
    durability: word("GENSPAN_SPOOL_DURABILITY", DURABILITY),
    driver: word("GENSPAN_SPOOL_DRIVER", DRIVER),
  };
}
