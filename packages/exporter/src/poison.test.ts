import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeOtlpTraces } from "@genspan/mapping";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterAll, expect, it } from "vitest";
import { startOtlpSink } from "../../../test/support/otlp-sink.ts";
import { file, otlp, vendorDestination } from "./index.ts";
import { startSdk, type TinyRecord, tinyFormat } from "./testing/parts.ts";

const folder = mkdtempSync(join(tmpdir(), "genspan-poison-"));
const sinkStarted = startOtlpSink();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await (await sinkStarted).close();
});

const fail = (): never => {
  throw new Error("poison");
};
const circular: Record<string, unknown> = {};
circular["self"] = circular;

const poisons: readonly (readonly [string, ProxyHandler<ReadableSpan>])[] = [
  ["throws at every look", { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail }],
  ["throws from its attributes", only("attributes", { get: fail })],
  [
    "throws from one attribute",
    only("attributes", { value: Object.defineProperty({}, "a", { enumerable: true, get: fail }) }),
  ],
  ["holds itself", only("attributes", { value: { circular } })],
  ["has a BigInt", only("attributes", { value: { big: 2n ** 70n } })],
  ["has a symbol and a function", only("attributes", { value: { a: Symbol("a"), b: fail } })],
  ["has no attributes", only("attributes", { value: undefined })],
  ["has a time that is none", only("startTime", { value: [Number.NaN, Number.POSITIVE_INFINITY] })],
  ["has no time", only("endTime", { value: undefined })],
  ["has no resource", only("resource", { value: undefined })],
];

it.each(poisons)("a span that %s costs only itself, in every kind of destination", async (_name, handler) => {
  const sink = await sinkStarted;
  sink.reset();
  const path = join(folder, `${poisons.findIndex(([name]) => name === _name)}.jsonl`);
  const records: TinyRecord[] = [];
  const { tracer, processor } = startSdk({
    destinations: [
      otlp({ exporter: new OTLPTraceExporter({ url: `${sink.url}/v1/traces` }) }),
      file(path),
      vendorDestination({ vendor: tinyFormat("span"), to: { type: "memory", records } }),
      vendorDestination({ vendor: tinyFormat("trace"), name: "traces", to: { type: "memory", records } }),
    ],
    retry: { initialDelayMillis: 1, maxElapsedMillis: 50 },
    shutdownTimeoutMillis: 2000,
  });
  const healthy = ["a", "b", "c", "d"];
  for (const name of healthy) {
    tracer.startSpan(name).end();
    const poisoned = new Proxy(tracer.startSpan("poisoned") as unknown as ReadableSpan, handler);
    expect(() => processor.onEnd(poisoned)).not.toThrow();
  }
  await processor.shutdown();

  const isHealthy = (name: string) => healthy.includes(name);
  expect(
    sink.spans
      .map(({ name }) => name)
      .filter(isHealthy)
      .sort(),
  ).toEqual(healthy);
  const lines = readFileSync(path, "utf8").trim().split("\n");
  const written = lines.flatMap((line) => {
    const decoded = decodeOtlpTraces(JSON.parse(line));
    return decoded.status === "decoded" ? decoded.spans.map(({ name }) => name) : [];
  });
  expect(written.filter(isHealthy)).toEqual(healthy);
  expect(
    records
      .flatMap(({ names }) => names)
      .filter(isHealthy)
      .sort(),
  ).toEqual([...healthy, ...healthy].sort());
  const { ended, pending, unreadable, routed } = processor.status();
  expect({ ended, pending, sum: unreadable + routed }).toEqual({ ended: 8, pending: 0, sum: 8 });
});

/** Replaces one property of a span. */
function only(
  key: keyof ReadableSpan,
  replaced: { readonly get?: () => never; readonly value?: unknown },
): ProxyHandler<ReadableSpan> {
  return {
    get: (target, asked) => (asked === key ? (replaced.get?.() ?? replaced.value) : Reflect.get(target, asked)),
  };
}
