import { readFileSync } from "node:fs";
import type { OtlpTargetOptions } from "@genspan/exporter";
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
  const timeout = Number(variable("TIMEOUT") ?? Number.NaN);
  const compression = config.compression ?? (variable("COMPRESSION") === "gzip" ? "gzip" : "none");
  const tls = tlsOf(variable);
  return {
    url: urlOf(config, signal, environment),
    protocol: (config.protocol ?? variable("PROTOCOL")) === "http/json" ? "http/json" : "http/protobuf",
    headers: { ...headersOf(variable("HEADERS") ?? ""), ...config.headers },
    compression,
    ...(timeout > 0 && { timeoutMillis: timeout }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

/** The variable of a signal is a whole URL, the general one a base. */
function urlOf({ url, endpoint }: OtlpConfig, signal: Signal, environment: Environment): string {
  if (url !== undefined) return url;
  const whole = environment[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`]?.trim();
  if (endpoint === undefined && whole) return valid(whole, `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`);
  const base = environment["OTEL_EXPORTER_OTLP_ENDPOINT"]?.trim();
  const from = endpoint ?? (base ? valid(base, "OTEL_EXPORTER_OTLP_ENDPOINT") : "http://localhost:4318");
  return `${from.replace(/\/+$/, "")}/v1/${signal}`;
}

function valid(url: string, variable: string): string {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new ConfigError(`genspan: ${variable} is "${url}"; set it to a URL such as http://localhost:4318.`);
}

/** `key=value` separated by commas, percent-encoded as in W3C Baggage. */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(",").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())]];
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
