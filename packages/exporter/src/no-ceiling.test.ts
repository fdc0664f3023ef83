import { startMock } from "@genspan/mocks";
import { expect, it } from "vitest";
import { otlp } from "./index.ts";
import { startSdk } from "./testing/parts.ts";

it.each([
  ["as fast as it can", 0, 0],
  ["after 100 ms, with several requests on their way", 100, 2],
])(
  "20 000 spans that end in one turn all arrive at a receiver that answers %s",
  async (_how, millis, leastInFlight) => {
    const mock = await startMock("otlp", { keepContent: false });
    if (millis > 0) mock.fail({ kind: "slow", millis });
    const { tracer, processor } = startSdk({ destinations: [otlp({ url: `${mock.url}/v1/traces` })] });
    for (let index = 0; index < 20_000; index++) tracer.startSpan("a").end();
    await processor.forceFlush();
    expect([mock.size, mock.duplicates]).toEqual([20_000, 0]);
    expect(processor.status().destinations[0]).toMatchObject({ accepted: 20_000, sent: 20_000, dropped: {} });
    expect(mock.mostInFlight).toBeGreaterThanOrEqual(leastInFlight);
    await processor.shutdown();
    await mock.close();
  },
);
