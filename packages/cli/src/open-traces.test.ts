import { decodeOtlpTraces, type ReadableSpanLike } from "@genspan/mapping";
import { expect, it } from "vitest";
import { OpenTraces } from "./open-traces.ts";

function span(trace: number, content = ""): ReadableSpanLike {
  const decoded = decodeOtlpTraces({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: trace.toString(16).padStart(32, "0"),
                spanId: "a2fb4a1d1a96d312",
                name: "chat",
                startTimeUnixNano: "1",
                endTimeUnixNano: "2",
                attributes: [{ key: "gen_ai.input.messages", value: { stringValue: content } }],
              },
            ],
          },
        ],
      },
    ],
  });
  if (decoded.status !== "decoded" || decoded.spans[0] === undefined) throw new Error("no span");
  return decoded.spans[0];
}

const idsOf = (traces: Iterable<{ readonly traceId: string }>) =>
  [...traces].map(({ traceId }) => Number.parseInt(traceId, 16));

it("hands the oldest trace over when too many spans wait", () => {
  const open = new OpenTraces(2);
  expect([1, 2, 3].flatMap((trace) => idsOf(open.add(span(trace))))).toEqual([1]);
  expect(idsOf(open.rest())).toEqual([2, 3]);
});

it("hands as many over as it takes when what waits is large, be they few", () => {
  const open = new OpenTraces(100, 1000);
  for (const trace of [1, 2, 3]) expect(open.add(span(trace, "x".repeat(250)))).toEqual([]);
  expect(idsOf(open.add(span(4, "x".repeat(900))))).toEqual([1, 2, 3]);
  expect(idsOf(open.add(span(5, "x".repeat(2000))))).toEqual([4, 5]);
  expect(idsOf(open.rest())).toEqual([]);
  expect(open.split).toBe(0);
  open.add(span(1));
  expect(open.split).toBe(1);
});
