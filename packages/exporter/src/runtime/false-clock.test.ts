import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type OtlpSink, startOtlpSink } from "../../../../test/support/otlp-sink.ts";
import { otlp } from "../index.ts";
import { startSdk } from "../testing/parts.ts";

let sink: OtlpSink;
beforeEach(async () => {
  sink = await startOtlpSink();
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  await sink.close();
});

it("delivers and shuts down in tests of an application whose clock stands still", async () => {
  const { tracer, processor } = startSdk({ destinations: [otlp({ url: `${sink.url}/v1/traces` })] });
  tracer.startSpan("a").end();
  await processor.forceFlush();
  expect(sink.spans).toHaveLength(1);
  sink.fail(503);
  tracer.startSpan("b").end();
  expect(await processor.flush({ timeoutMillis: 20 })).toEqual({ queued: 1 });
  sink.fail(undefined);
  processor.resume();
  await processor.shutdown();
  expect(sink.spans).toHaveLength(2);
});
