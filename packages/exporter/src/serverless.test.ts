import { type Mock, startMock } from "@genspan/mocks";
import { afterEach, beforeEach, expect, it } from "vitest";
import { otlp } from "./index.ts";
import type { GenAISpanProcessorOptions } from "./processor-options.ts";
import { startSdk, type TestSdk } from "./testing/parts.ts";

let mock: Mock;
beforeEach(async () => {
  mock = await startMock("otlp");
});
afterEach(() => mock.close());

const start = (options: Partial<GenAISpanProcessorOptions> = {}): TestSdk =>
  startSdk({ destinations: [otlp({ url: `${mock.url}/v1/traces` })], ...options });

const end = ({ tracer }: TestSdk, spans: number): void => {
  for (let index = 0; index < spans; index++) tracer.startSpan("a").end();
};

it("hands the promise of a delivery to waitUntil, one for all that ends while it is open", async () => {
  const works: Promise<unknown>[] = [];
  const sdk = start({ waitUntil: (work) => works.push(work) });
  mock.fail({ kind: "status", status: 503 }, { times: 2 });
  end(sdk, 3);
  end(sdk, 2);
  expect(works).toHaveLength(1);
  await works[0];
  expect(mock.size).toBe(5);
  end(sdk, 1);
  expect(works).toHaveLength(2);
  await works[1];
  expect(mock.size).toBe(6);
  await sdk.processor.shutdown();
});

it("has the promise end in time where nothing can be delivered, and lives with a waitUntil that throws", async () => {
  const works: Promise<unknown>[] = [];
  mock.fail({ kind: "hang" });
  const late = start({ waitUntil: (work) => works.push(work), flushTimeoutMillis: 50, shutdownTimeoutMillis: 50 });
  end(late, 1);
  await works[0];
  expect(late.processor.status().destinations[0]).toMatchObject({ accepted: 1, queued: 1 });
  mock.heal();
  const throwing = start({
    waitUntil: () => {
      throw new Error("no request is open");
    },
  });
  end(throwing, 2);
  await throwing.processor.forceFlush();
  expect(mock.size).toBe(2);
  await Promise.all([late.processor.shutdown(), throwing.processor.shutdown()]);
});

it("waits for no batch to fill where exports are immediate, and makes batches of what comes meanwhile", async () => {
  const patient = start({ destinations: [{ ...otlp({ url: `${mock.url}/v1/traces` }), lingerMillis: 60_000 }] });
  end(patient, 1);
  const immediate = start({
    destinations: [{ ...otlp({ url: `${mock.url}/v1/traces` }), lingerMillis: 60_000 }],
    exportMode: "immediate",
  });
  end(immediate, 1);
  await mock.received(1);
  const sent = () => [immediate, patient].map(({ processor }) => processor.status().destinations[0]?.sent);
  await expect.poll(sent).toEqual([1, 0]);
  end(immediate, 200);
  await mock.received(201);
  expect(mock.requests.length).toBeLessThan(20);
  await Promise.all([immediate, patient].map(({ processor }) => processor.shutdown()));
  expect(mock.size).toBe(202);
});
