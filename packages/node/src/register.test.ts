import { context, trace } from "@opentelemetry/api";
import { afterEach, expect, it, vi } from "vitest";
import { register } from "./register.ts";

afterEach(() => vi.unstubAllEnvs());

it.each(["GENSPAN_DISABLED", "OTEL_SDK_DISABLED"])("does nothing with %s, whatever is missing", async (name) => {
  vi.stubEnv(name, "true");
  const before = [context.active(), trace.getTracerProvider(), process.listenerCount("beforeExit")];
  const genspan = register({ destinations: ["log10"], global: true, spool: { directory: "/not/there" } });
  const client = { chat: {} };
  expect(genspan.instrument(client)).toBe(client);
  genspan.tracerProvider.getTracer("application").startSpan("work").end();
  await genspan.forceFlush();
  await genspan.shutdown();
  const { exporter, instrumentation } = genspan.status();
  expect(exporter).toMatchObject({ destinations: [], ended: 0, spool: undefined });
  expect(instrumentation.globallyEnabled).toBe(false);
  expect([context.active(), trace.getTracerProvider(), process.listenerCount("beforeExit")]).toEqual(before);
});
