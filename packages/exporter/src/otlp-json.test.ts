import { decodeOtlpTraces, type ReadableSpanLike } from "@genspan/mapping";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { JsonWriter } from "./otlp/json-writer.ts";
import { spanToOtlp } from "./otlp-json.ts";

const context = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", traceFlags: 1 };

function span(fields: Partial<ReadableSpanLike> = {}): ReadableSpanLike {
  return {
    name: "chat",
    kind: SpanKind.CLIENT,
    spanContext: () => context,
    startTime: [1_790_000_000, 123_456_789],
    endTime: [1_790_000_001, 1],
    duration: [0, 876_543_212],
    ended: true,
    status: { code: SpanStatusCode.ERROR, message: "broke" },
    attributes: { model: "m", tokens: 7, share: 0.5, stops: ["a", "b"] },
    links: [{ context: { ...context, spanId: "1111111111111111" }, attributes: { why: "because" } }],
    events: [{ time: [1_790_000_000, 5], name: "exception", attributes: { "exception.type": "Error" } }],
    resource: { attributes: { "service.name": "shop" } },
    droppedAttributesCount: 1,
    droppedEventsCount: 2,
    droppedLinksCount: 3,
    ...fields,
  };
}

describe("spanToOtlp", () => {
  it.each([
    ["SDK 1", { parentSpanId: "2222222222222222", instrumentationLibrary: { name: "lib", version: "1" } }],
    [
      "SDK 2 and 3",
      {
        parentSpanContext: { ...context, spanId: "2222222222222222" },
        instrumentationScope: { name: "lib", version: "1" },
      },
    ],
  ])("reads the shape of %s and reads back as the same span", (_name, shape) => {
    const source = span(shape);
    const decoded = decodeOtlpTraces(JSON.parse(JSON.stringify(spanToOtlp(source))));
    const read = decoded.status === "decoded" ? decoded.spans[0] : undefined;
    expect(read?.parentSpanContext?.spanId).toBe("2222222222222222");
    expect(read?.instrumentationScope).toMatchObject({ name: "lib", version: "1" });
    expect(read?.spanContext()).toMatchObject(context);
    for (const field of ["name", "kind", "startTime", "endTime", "status", "droppedEventsCount"] as const) {
      expect(read?.[field]).toEqual(source[field]);
    }
    expect({ ...read?.attributes }).toEqual(source.attributes);
    expect(read?.events[0]).toMatchObject({ time: [1_790_000_000, 5], name: "exception" });
    expect({ ...read?.resource.attributes }).toEqual({ "service.name": "shop" });
  });

  it("writes 0 for a time that is none", () => {
    expect(spanToOtlp(span({ startTime: [Number.NaN, 0] }))).toMatchObject({
      resourceSpans: [
        { scopeSpans: [{ spans: [{ startTimeUnixNano: "0", endTimeUnixNano: "1790000001000000001" }] }] },
      ],
    });
  });
});

const toKeyValues = (values: Readonly<Record<string, unknown>>): unknown =>
  JSON.parse(new JsonWriter().attributes(values).finishText());

describe("attributes in OTLP/JSON", () => {
  const cyclic: Record<string, unknown> = { name: "outer" };
  cyclic["self"] = cyclic;

  it.each([
    ["a structure", { a: [1, "b"] }, { kvlistValue: { values: [{ key: "a", value: list(int(1), text("b")) }] } }],
    ["bytes", new Uint8Array([1, 2, 255]), { bytesValue: "AQL/" }],
    ["a BigInt", 2n ** 63n - 1n, { intValue: "9223372036854775807" }],
    ["a BigInt beyond 64 bits", 2n ** 63n, { stringValue: "9223372036854775808" }],
    ["half a surrogate pair", "a\ud800", { stringValue: "a\ufffd" }],
    ["a NUL", "\0", { stringValue: "\0" }],
    ["2^63", 2 ** 63, { doubleValue: 2 ** 63 }],
    ["infinity", Number.NEGATIVE_INFINITY, { doubleValue: "-Infinity" }],
    ["NaN", Number.NaN, { doubleValue: "NaN" }],
    ["a number beyond the integers", 1e21, { doubleValue: 1e21 }],
    ["null", null, {}],
    ["a function", () => 1, {}],
    [
      "what holds itself",
      cyclic,
      {
        kvlistValue: {
          values: [
            { key: "name", value: text("outer") },
            { key: "self", value: {} },
          ],
        },
      },
    ],
  ])("writes %s", (_name, value, expected) => {
    expect(toKeyValues({ value })).toEqual([{ key: "value", value: expected }]);
  });

  it("leaves out what is undefined, and what has no name", () => {
    expect(toKeyValues({ a: undefined, "": 1 })).toEqual([]);
  });

  function list(...values: object[]) {
    return { arrayValue: { values } };
  }
  function int(value: number) {
    return { intValue: String(value) };
  }
  function text(value: string) {
    return { stringValue: value };
  }
});
