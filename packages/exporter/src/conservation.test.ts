import { context, trace } from "@opentelemetry/api";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { DestinationStatus } from "./delivery/destination-status.ts";
import { type Destination, type ExporterStatus, type SendResult, vendorDestination } from "./index.ts";
import { startSdk, tinyFormat } from "./testing/parts.ts";

const answer = fc.constantFrom<SendResult | "throw" | "later">(
  { status: "success" },
  { status: "success" },
  { status: "retryable", reason: "HTTP 503" },
  { status: "failure", reason: "HTTP 401" },
  { status: "failure", reason: "HTTP 400", divisible: true },
  "throw",
  "later",
);
const destination = fc.record({
  unit: fc.constantFrom("span" as const, "trace" as const),
  maxItems: fc.integer({ min: 1, max: 8 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  answers: fc.array(answer, { minLength: 1, maxLength: 12 }),
});
const scenario = fc.record({
  destinations: fc.array(destination, { minLength: 1, maxLength: 3 }),
  traces: fc.array(
    fc.array(fc.constantFrom("ok", "ok", "skip", "invalid", "throws", "refused", "open"), { maxLength: 6 }),
    {
      maxLength: 12,
    },
  ),
  overflow: fc.constantFrom("drop-newest" as const, "drop-oldest" as const),
  maxItems: fc.integer({ min: 1, max: 30 }),
  maxPendingSpans: fc.integer({ min: 1, max: 60 }),
});
type Script = { readonly unit: "span" | "trace"; readonly answers: readonly (SendResult | "throw" | "later")[] };

/** A destination that answers by its script, over and over, and notes what it took. */
function scripted(
  script: Script & { maxItems: number; concurrency: number },
  name: string,
  took: string[],
): Destination {
  let turn = 0;
  return {
    ...vendorDestination({ vendor: tinyFormat(script.unit), to: { type: "memory", records: [] } }),
    name,
    maxItems: script.maxItems,
    concurrency: script.concurrency,
    async send(items) {
      const next = script.answers[turn++ % script.answers.length] ?? "throw";
      if (next === "throw") throw new Error("a defect");
      if (next === "later") await new Promise((resolve) => setTimeout(resolve, 1));
      const result: SendResult = next === "later" ? { status: "success" } : next;
      if (result.status === "success") took.push(...items.map((item) => `${item.traceId}/${item.spanId}`));
      return result;
    },
  };
}

it("accounts for every span at every moment: sent, dead-lettered, dropped, filtered or queued", async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ destinations, traces, overflow, maxItems, maxPendingSpans }) => {
      const took = destinations.map((): string[] => []);
      const { tracer, processor } = startSdk({
        destinations: destinations.map((script, index) => scripted(script, `d${index}`, took[index] ?? [])),
        queue: { maxItems, overflow },
        retry: { maxAttempts: 3, initialDelayMillis: 1, maxDelayMillis: 2 },
        shouldExport: ({ name }) => name !== "refused",
        maxPendingSpans,
      });
      const units = destinations.map(({ unit }) => unit);
      let ended = 0;
      for (const names of traces) {
        const root = tracer.startSpan("root");
        for (const name of names) {
          const span = tracer.startSpan(name, {}, trace.setSpan(context.active(), root));
          if (name === "open") continue;
          span.end();
          ended++;
        }
        root.end();
        ended++;
        if (names.length % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
        check(processor.status(), ended, units);
      }
      await processor.flush({ timeoutMillis: 3 });
      check(processor.status(), ended, units);
      await processor.shutdown();
      const status = processor.status();
      check(status, ended, units);
      expect(status).toMatchObject({
        pending: 0,
        traces: { waitingSpans: 0, waitingBytes: 0, openTraces: expect.any(Number) },
      });
      for (const [index, { queued, queuedBytes, sent }] of status.destinations.entries()) {
        expect({ queued, queuedBytes, sent }).toEqual({ queued: 0, queuedBytes: 0, sent: took[index]?.length });
        expect(new Set(took[index]).size).toBe(sent); // what was refused whole was never taken in part
      }
    }),
    { numRuns: 60 },
  );
});

function check(status: ExporterStatus, ended: number, units: readonly string[]): void {
  const { pending, dropped, filtered, unreadable, routed } = status;
  expect(pending + dropped + filtered + unreadable + routed).toBe(ended);
  for (const [index, destination] of status.destinations.entries()) {
    expect(partsOf(destination)).toBe(destination.accepted);
    if (units[index] === "span") expect(destination.accepted + destination.filtered).toBe(routed);
    else expect(destination.accepted + destination.filtered).toBe(status.traces.completed);
  }
}

function partsOf({ sent, queued, deadLettered, dropped }: DestinationStatus): number {
  const counts = [...Object.values(deadLettered), ...Object.values(dropped)];
  return counts.reduce((sum, count) => sum + count, sent + queued);
}
