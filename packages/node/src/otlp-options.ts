import { readFileSync } from "node:fs";
import type { OtlpTargetOptions } from "@genspan/exporter";
import { diag } from "@opentelemetry/api";
import type { OtlpConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Signal = "traces" | "logs";

/**
 * How a collector is reached, as the configuration says. What it leaves out comes from the environment, under the names
 * of the OpenTelemetry specification ("OpenTelemetry Protocol Exporter"), where those of a signal win.
 * @throws {ConfigError}
 */
export function otlpOptions(config: OtlpConfig, signal: Signal, environment: Environment): OtlpTargetOptions {
  const variable = (name: string): string | undefined =>
    environment[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`]?.trim() ||
    environment[`OTEL_EXPORTER_OTLP_${name}`]?.trim() ||
    undefined;
  const word = <T extends string>(name: string, known: readonly T[]): T | undefined => {
    const value = variable(name);
    const found = known.find((one) => one === value);
    if (value !== undefined && found === undefined) warnOfValue(name, value, known);
    return found;
  };
  const timeout = variable("TIMEOUT");
  const timeoutMillis = timeout === undefined ? undefined : Number(timeout);
  if (timeoutMillis !== undefined && !(timeoutMillis > 0)) warnOfValue("TIMEOUT", String(timeout), ["milliseconds"]);
  const tls = tlsOf(variable);
  return {
    url: urlOf(config, signal, environment),
    protocol: config.protocol ?? word("PROTOCOL", ["http/protobuf", "http/json"]) ?? "http/protobuf",
    headers: { ...headersOf(variable("HEADERS") ?? ""), ...config.headers },
    compression: config.compression ?? word("COMPRESSION", ["none", "gzip"]) ?? "none",
    ...(timeoutMillis !== undefined && timeoutMillis > 0 && { timeoutMillis }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

const warned = new Set<string>();

/** The specification has values that are not known told, and set aside: they may be meant for another SDK in this process. */
function warnOfValue(name: string, value: string, known: readonly string[]): void {
  warnOnce(`OTEL_EXPORTER_OTLP_${name} is "${value}", which is set aside: genspan knows ${known.join(" and ")}`);
}

function warnOnce(text: string): void {
  if (warned.has(text)) return;
  warned.add(text);
  diag.warn(`genspan: ${text}.`);
}

/** The variable of a signal is a whole URL, the general one a base. */
function urlOf({ url, endpoint }: OtlpConfig, signal: Signal, environment: Environment): string {
  if (url !== undefined) return url;
  const whole = environment[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`]?.trim();
  if (endpoint === undefined && whole) return valid(whole, `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`);
  const base = environment["OTEL_EXPORTER_OTLP_ENDPOINT"]?.trim();
  const from = endpoint ?? (base ? valid(base, "OTEL_EXPORTER_OTLP_ENDPOINT") : "http://localhost:4318");
  const path = `/v1/${signal}`;
  const trimmed = from.replace(/\/+$/, "");
  // The variable is a base by the specification; of what was written for us alone it is plain what is meant.
  return endpoint !== undefined && trimmed.endsWith(path) ? trimmed : `${trimmed}${path}`;
}

function valid(url: string, variable: string): string {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new ConfigError(`genspan: ${variable} is "${url}"; set it to a URL such as http://localhost:4318.`);
}

/** `key=value` separated by commas, percent-encoded as in W3C Baggage. */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(",").flatMap((pair, index) => {
    const at = pair.indexOf("=");
    if (at > 0) return [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())]];
    // Without the text: it may be a key.
    if (pair.trim() !== "") warnOnce(`header ${index + 1} of OTEL_EXPORTER_OTLP_HEADERS is left out: write name=value`);
    return [];
  });
  return Object.fromEntries(pairs) as Record<string, string>; // pairs of texts, as was just made
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function tlsOf(variable: (name: string) => string | undefined): NonNullable<OtlpTargetOptions["tls"]> {
  const [ca, cert, key] = ["CERTIFICATE", "CLIENT_CERTIFICATE", "CLIENT_KEY"].map((name) => {
    const path = variable(name);
    return path === undefined ? undefined : readPem(path, name);
  });
  return { ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) };
}

function readPem(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ConfigError(`genspan: OTEL_EXPORTER_OTLP_${name} names ${path}, which cannot be read.`, { cause });
  }
}
