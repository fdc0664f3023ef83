import { calcPrice } from "@genspan/mapping/prices";
import { usePriceList } from "./cost.ts";
import type { ReadableSpanLike } from "./readable-span.ts";

usePriceList(calcPrice); // as every vendor does

/** An ended span for tests; every field may be replaced. */
export function spanOf(
  fields: Partial<ReadableSpanLike> & { traceId?: string; spanId?: string } = {},
): ReadableSpanLike {
  const { traceId = "4bf92f3577b34da6a3ce929d0e0e4736", spanId = "a2fb4a1d1a96d312", ...rest } = fields;
  return {
    name: "chat gpt-4o-mini",
    kind: 2,
    spanContext: () => ({ traceId, spanId, traceFlags: 1 }),
    startTime: [1_795_169_730, 10_000_000],
    endTime: [1_795_169_731, 294_000_000],
    duration: [1, 284_000_000],
    ended: true,
    status: { code: 0 },
    attributes: {},
    links: [],
    events: [],
    resource: { attributes: {} },
    instrumentationScope: { name: "test" },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    ...rest,
  };
}
