import { describe, expect, it } from "vitest";
import { decodeOtlpTraces } from "./decode.ts";

const span = {
  traceId: "4BF92F3577B34DA6A3CE929D0E0E4736",
  spanId: "a2fb4a1d1a96d312",
  parentSpanId: "00f067aa0ba902b7",
  name: "chat",
  kind: 3,
  startTimeUnixNano: "1795169730010000001",
  endTimeUnixNano: "1795169731294000000",
  attributes: [
    { key: "s", value: { stringValue: "x" } },
    { key: "i", value: { intValue: "7" } },
    { key: "j", value: { intValue: 8 } },
    { key: "d", value: { doubleValue: 0.5 } },
    { key: "b", value: { boolValue: false } },
    { key: "a", value: { arrayValue: { values: [{ stringValue: "p" }, {}] } } },
    { key: "m", value: { kvlistValue: { values: [{ key: "k", value: { intValue: 1 } }] } } },
    { key: "__proto__", value: { stringValue: "harmless" } },
  ],
  status: { code: 2, message: "bad" },
  events: [{ timeUnixNano: "1", name: "e", attributes: [] }],
  unknownField: {},
};
const request = (...spans: unknown[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "svc" } }] },
      scopeSpans: [{ scope: { name: "sc" }, spans }],
    },
  ],
});

describe("decodeOtlpTraces", () => {
  it("reads a span as an SDK would hand it over", () => {
    const result = decodeOtlpTraces(request(span));
    if (result.status !== "decoded") throw new Error(result.reason);
    const [read] = result.spans;
    expect(read?.spanContext().traceId).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
    expect(read?.parentSpanContext?.spanId).toBe("00f067aa0ba902b7");
    expect(read?.kind).toBe(2);
    expect(read?.startTime).toEqual([1_795_169_730, 10_000_001]);
    expect(read?.duration).toEqual([1, 283_999_999]);
    expect(read?.status).toEqual({ code: 2, message: "bad" });
    expect(read?.resource.attributes["service.name"]).toBe("svc");
    expect({ ...read?.attributes }).toMatchObject({
      s: "x",
      i: 7,
      j: 8,
      d: 0.5,
      b: false,
      a: ["p", undefined],
      m: { k: 1 },
    });
    expect(({} as { harmless?: unknown }).harmless).toBeUndefined();
  });

  it.each([
    ["not an object", 7, /the value/],
    ["no resourceSpans", {}, /resourceSpans/],
    ["a span id that is not hex", request({ ...span, spanId: "zz" }), /spanId: must be 16 hex digits/],
    ["attributes that are an object", request({ ...span, attributes: {} }), /attributes/],
  ])("says where the fault is in %s", (_name, value, place) => {
    const result = decodeOtlpTraces(value);
    expect(result).toMatchObject({ status: "malformed", reason: expect.stringMatching(place) });
  });

  it("reads the good spans beside a bad one, and says where that is", () => {
    const result = decodeOtlpTraces(
      request(span, { ...span, traceId: "short" }, { ...span, spanId: "b2fb4a1d1a96d312" }),
    );
    if (result.status !== "decoded") throw new Error(result.reason);
    expect(result.spans.map((one) => one.spanContext().spanId)).toEqual(["a2fb4a1d1a96d312", "b2fb4a1d1a96d312"]);
    expect(result.problems).toEqual(["resourceSpans.0.scopeSpans.0.spans.1.traceId: must be 32 hex digits"]);
  });
});
