import { OTLPLogExporter as JsonLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtobufLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPTraceExporter as JsonTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import type { OtlpConfig } from "./config.ts";

/**
 * The stock OTLP/HTTP exporters, set up as the configuration says. What it leaves out they read themselves from
 * `OTEL_EXPORTER_OTLP_*`.
 */

type Environment = Readonly<Record<string, string | undefined>>;

export function traceExporter(config: OtlpConfig, environment: Environment): JsonTraceExporter | ProtobufTraceExporter {
  const options = exporterOptions(config, "v1/traces");
  return usesJson(config, environment.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, environment)
    ? new JsonTraceExporter(options)
    : new ProtobufTraceExporter(options);
}

export function logExporter(config: OtlpConfig, environment: Environment): JsonLogExporter | ProtobufLogExporter {
  const options = exporterOptions(config, "v1/logs");
  return usesJson(config, environment.OTEL_EXPORTER_OTLP_LOGS_PROTOCOL, environment)
    ? new JsonLogExporter(options)
    : new ProtobufLogExporter(options);
}

function exporterOptions(
  { endpoint, url, headers }: OtlpConfig,
  path: string,
): { url?: string; headers?: Record<string, string> } {
  const whole = url ?? (endpoint === undefined ? undefined : `${endpoint.replace(/\/+$/, "")}/${path}`);
  return { ...(whole !== undefined && { url: whole }), ...(headers !== undefined && { headers: { ...headers } }) };
}

function usesJson({ protocol }: OtlpConfig, forSignal: string | undefined, environment: Environment): boolean {
  return (protocol ?? forSignal ?? environment.OTEL_EXPORTER_OTLP_PROTOCOL) === "http/json";
}
