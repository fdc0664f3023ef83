import type { BatchObservableResult, MeterProvider, Observable } from "@opentelemetry/api";
import type { DestinationStatus } from "./destination-status.ts";

const DESTINATION = "genspan.destination";
const REASON = "genspan.reason";

type Counted = "accepted" | "recovered" | "sent" | "retried" | "filtered";
const COUNTERS: Readonly<Record<Counted, string>> = {
  accepted: "Records and spans that a destination took",
  recovered: "Records of earlier processes that were taken over from the spool",
  sent: "Records and spans that were delivered and acknowledged",
  retried: "Batches that were sent again",
  filtered: "Units that were not meant for a destination",
};

/**
 * Records what became of everything, for each destination, as observable instruments: they cost nothing but when
 * metrics are collected. @returns what ends it.
 */
export function observeDeliveries(provider: MeterProvider, statuses: () => readonly DestinationStatus[]): () => void {
  const meter = provider.getMeter("@genspan/exporter");
  const counter = (name: string, description: string) =>
    meter.createObservableCounter(`genspan.delivery.${name}`, { description, unit: "{record}" });
  const gauge = (name: string, description: string, unit: string) =>
    meter.createObservableGauge(`genspan.delivery.${name}`, { description, unit });

  const names = Object.keys(COUNTERS) as Counted[]; // the keys of the table above
  const counters = names.map((name) => [name, counter(name, COUNTERS[name])] as const);
  const deadLettered = counter("dead_lettered", "Records and spans that were given up, by reason");
  const dropped = counter("dropped", "Records and spans that were given up untried, by reason");
  const queued = gauge("queue.length", "Records and spans that wait or are on their way", "{record}");
  const bytes = gauge("queue.size", "Their size", "By");
  const age = gauge("queue.age", "Age of the oldest of them", "s");
  const all: Observable[] = [...counters.map(([, one]) => one), deadLettered, dropped, queued, bytes, age];

  const observe = (result: BatchObservableResult): void => {
    for (const status of statuses()) {
      const attributes = { [DESTINATION]: status.name };
      for (const [name, one] of counters) result.observe(one, status[name], attributes);
      for (const [reason, count] of Object.entries(status.deadLettered)) {
        result.observe(deadLettered, count, { ...attributes, [REASON]: reason });
      }
      for (const [reason, count] of Object.entries(status.dropped)) {
        result.observe(dropped, count, { ...attributes, [REASON]: reason });
      }
      result.observe(queued, status.queued, attributes);
      result.observe(bytes, status.queuedBytes, attributes);
      result.observe(age, (status.oldestAgeMillis ?? 0) / 1000, attributes);
    }
  };
  meter.addBatchObservableCallback(observe, all);
  return () => meter.removeBatchObservableCallback(observe, all);
}
