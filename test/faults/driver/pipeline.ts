/** What is under test, by the plan: our processor, or the plain one of OpenTelemetry with its exporter. */

import { setTimeout as sleep } from "node:timers/promises";
import {
  type Destination,
  type ExporterStatus,
  GenAISpanProcessor,
  otlp,
  type SpoolOptions,
  vendorDestination,
} from "@genspan/exporter";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BatchSpanProcessor, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Plan, Target } from "../plan.ts";
import { queuedIn } from "../spool-file.ts";

export interface Pipeline {
  readonly processor: SpanProcessor;
  status(): ExporterStatus | undefined;
  /** Resolves when all that ended is on disk or delivered; false where nothing can be said. */
  stored(): Promise<boolean>;
  /** Resolves when nothing is queued any more, or after that time. */
  drained(millis: number): Promise<void>;
  /** Uses another key from now on. */
  setKey(key: string): void;
}

export function createPipeline(plan: Plan): Pipeline {
  return plan.engine === "genspan" ? ours(plan) : plain(plan);
}

function ours(plan: Plan): Pipeline {
  const keys = new Map(plan.targets.map(({ name, key }) => [name, key]));
  const { retry, spool, queue, handleSigterm, shutdownMillis = 3000 } = plan;
  const processor = new GenAISpanProcessor({
    destinations: plan.targets.map((target) => destinationOf(target, () => keys.get(target.name))),
    retry: { initialDelayMillis: 100, maxDelayMillis: 1000, ...retry },
    shutdownTimeoutMillis: shutdownMillis,
    ...(spool !== undefined && { spool: spool satisfies SpoolOptions }),
    ...(queue !== undefined && { queue }),
    ...(handleSigterm !== undefined && { handleSigterm }),
  });
  return {
    processor: processor as unknown as SpanProcessor, // the spans of every SDK are read by their shape
    status: () => processor.status(),
    stored: () => processor.store({ timeoutMillis: 10_000 }),
    drained: (millis) => drain(processor, millis, plan),
    setKey(key) {
      for (const { name } of plan.targets) keys.set(name, key);
      processor.resume();
    },
  };
}

const QUIET_MILLIS = 600;

async function drain(processor: GenAISpanProcessor, millis: number, plan: Plan): Promise<void> {
  const { emptiesSpool = false, leavesStuck = false, spool } = plan;
  const deadline = performance.now() + millis;
  let quietSince: number | undefined;
  for (;;) {
    const now = performance.now();
    await processor.flush({ timeoutMillis: Math.max(1, Math.min(1000, deadline - now)) });
    const { destinations } = processor.status();
    const isDone = destinations.every(({ queued, gate }) => queued === 0 || (leavesStuck && gate.state !== "open"));
    quietSince = isDone ? (quietSince ?? now) : undefined;
    if (now > deadline) return;
    if (quietSince !== undefined && now - quietSince > QUIET_MILLIS) {
      // What others leave is taken over bit by bit, and not before their lease is over.
      if (!emptiesSpool || spool === undefined || queuedIn(spool.directory) === 0) return;
      quietSince = undefined;
    }
    await sleep(50);
  }
}

function destinationOf(target: Target, keyOf: () => string | undefined): Destination {
  const { name, format, url, timeoutMillis, ca } = target;
  const http = { ...(timeoutMillis !== undefined && { timeoutMillis }), ...(ca !== undefined && { tls: { ca } }) };
  if (format !== "otlp") {
    return vendorDestination({ name, vendor: format, options: optionsOf(format, url), to: { type: "http", ...http } });
  }
  const { protocol, compression, concurrency, maxBatchBytes } = target;
  return otlp({
    name,
    url: `${url}/v1/traces`,
    protocol,
    compression,
    concurrency,
    maxBatchBytes,
    headers: () => {
      const key = keyOf();
      return key === undefined ? {} : { authorization: `Bearer ${key}` };
    },
    ...http,
  });
}

const PROJECT = "5b6f0c1e-2a51-4a3e-9d57-0c9d4be7b0aa";

/** What each vendor's format asks for, with the mock in the place of the vendor. */
function optionsOf(format: string, url: string): object {
  switch (format) {
    case "log10":
      return { token: "key", organizationId: "org", baseUrl: url };
    case "noveum":
      return { elasticsearchUrl: url, username: "user", password: "key" };
    case "keywords-ai":
      return { apiKey: "key", baseUrl: url };
    case "galileo":
      return { url: `${url}/traces`, apiKey: "key", projectId: PROJECT };
    case "galileo-ingest":
      return { apiKey: "key", baseUrl: url, projectId: PROJECT };
    case "cyberpod":
      return { endpoint: `${url}/api/v1/telemetry/traces`, token: "key", source: "otel" };
    default:
      throw new Error(`no options for ${format}`);
  }
}

/** As everyone has it: no option but the URL. */
function plain({ targets }: Plan): Pipeline {
  const processors = targets.map(({ url, protocol }) => {
    const Exporter = protocol === "http/protobuf" ? ProtobufExporter : JsonExporter;
    return new BatchSpanProcessor(new Exporter({ url: `${url}/v1/traces` }));
  });
  const all = async (act: (processor: BatchSpanProcessor) => Promise<void>): Promise<void> => {
    await Promise.allSettled(processors.map(act));
  };
  return {
    processor: {
      onStart: (span, context) => processors.forEach((one) => void one.onStart(span, context)),
      onEnd: (span) => processors.forEach((one) => void one.onEnd(span)),
      forceFlush: () => all((one) => one.forceFlush()),
      shutdown: () => all((one) => one.shutdown()),
    },
    status: () => undefined,
    stored: () => Promise.resolve(false),
    drained: () => all((one) => one.forceFlush()),
    setKey: () => undefined,
  };
}
