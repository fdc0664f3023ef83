import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { expect, it } from "vitest";
import { custom, type Destination, memory } from "../index.ts";
import { startSdk } from "../testing/parts.ts";

it("tells as metrics what became of everything, for each destination", async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const refused: Destination = {
    ...memory([]),
    name: "refused",
    send: () => Promise.resolve({ status: "failure", reason: "HTTP 404" }),
  };
  const stuck = custom(() => new Promise<never>(() => {}), { name: "stuck" });
  const { tracer, processor } = startSdk({ destinations: [memory([]), refused, stuck], meterProvider });
  for (let index = 0; index < 3; index++) tracer.startSpan("a").end();
  await processor.flush({ timeoutMillis: 100 });
  await reader.forceFlush();
  const points = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics }) =>
        metrics.flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => [
            descriptor.name.replace("genspan.delivery.", ""),
            ...Object.values(attributes),
            value,
          ]),
        ),
      ),
    );
  expect(points).toEqual(
    expect.arrayContaining([
      ["accepted", "memory", 3],
      ["sent", "memory", 3],
      ["sent", "refused", 0],
      ["dead_lettered", "refused", "HTTP 404", 3],
      ["queue.length", "stuck", 3],
      ["queue.length", "memory", 0],
      ["queue.size", "stuck", expect.any(Number)],
      ["queue.age", "stuck", expect.any(Number)],
    ]),
  );
  await meterProvider.shutdown();
});
