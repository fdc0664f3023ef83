import type { ReadableSpanLike } from "@genspan/mapping";
import { decodeOtlpRequest, type ReceivedSpan, spansOf } from "@genspan/mocks";
import { JsonTraceSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requestOf } from "./request.ts";
import { spanHead, spanJson } from "./span-json.ts";
import { spanBytes, spanHeadBytes } from "./span-protobuf.ts";

const formats = ["json", "protobuf"] as const;
type Format = (typeof formats)[number];

/** Our request of these spans, read by a strict receiver. */
function received(format: Format, spans: readonly ReadableSpanLike[]): readonly ReceivedSpan[] {
  const parts = spans.map((span) =>
    format === "json"
      ? { head: spanHead(span), body: spanJson(span) }
      : { head: spanHeadBytes(span), body: spanBytes(span) },
  );
  return read(format, Buffer.concat(requestOf("traces", format, parts)));
}

function read(format: Format, body: Uint8Array | undefined): readonly ReceivedSpan[] {
  const bytes = body ?? new Uint8Array();
  // Bytes that are no UTF-8 throw here.
  const text = () => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  return spansOf(decodeOtlpRequest(format === "json" ? text() : bytes, "traces"));
}

/** Spans as the SDK makes them. */
function sdkSpans(attributes: object): readonly ReadableSpan[] {
  const kept = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(kept)] });
  for (const scope of ["one", "two"]) {
    const tracer = provider.getTracer(scope, "1.0", { schemaUrl: "https://opentelemetry.io/schemas/1.37.0" });
    const link = { context: { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 }, attributes: { a: 1 } };
    const span = tracer.startSpan("chat", { kind: 2, links: [link] });
    span.setAttributes({ ...attributes });
    span.addEvent("token", { index: 1 });
    span.setStatus({ code: 2, message: "broke" });
    span.end();
  }
  return kept.getFinishedSpans();
}

/** The same span with attributes that the SDK would not take, as other producers hand them over. */
const hostile = (attributes: Readonly<Record<string, unknown>>): ReadableSpanLike => {
  const [span] = sdkSpans({});
  if (span === undefined) throw new Error("there is a span");
  return new Proxy(span, {
    get: (target, key) => (key === "attributes" ? attributes : Reflect.get(target, key)),
  }) as unknown as ReadableSpanLike; // a span of the SDK is one
};

const stock = { json: JsonTraceSerializer, protobuf: ProtobufTraceSerializer };

describe.each(formats)("a request in %s", (format) => {
  it("reads as the one that OpenTelemetry's own serialiser makes", () => {
    const attributes = fc.dictionary(
      fc.string({ minLength: 1 }),
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
        fc.boolean(),
        fc.array(fc.string()),
        fc.array(fc.integer()),
      ),
    );
    fc.assert(
      fc.property(attributes, (given) => {
        const spans = sdkSpans(given);
        const ours = received(format, spans as unknown as ReadableSpanLike[]); // spans of the SDK are such spans
        expect(ours).toEqual(read(format, stock[format].serializeRequest([...spans])));
      }),
      { numRuns: 40 },
    );
  });

  it("is taken by a strict receiver whatever the attributes are", () => {
    const value = fc.anything({
      withBigInt: true,
      withDate: true,
      withNullPrototype: true,
      withTypedArray: true,
      withSparseArray: true,
      values: [
        fc.string({ unit: "binary" }),
        fc.double(),
        fc.maxSafeInteger(),
        fc.constant("\ud800"),
        fc.constant("\0"),
      ],
    });
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), value), (attributes) => {
        expect(received(format, [hostile(attributes)])).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps what has a place on the wire, and gives the rest the nearest one", () => {
    const cyclic: Record<string, unknown> = { name: "outer" };
    cyclic["self"] = cyclic;
    let deep: unknown = "bottom";
    for (let level = 0; level < 10_000; level++) deep = { deep };
    const [span] = received(format, [
      hostile({
        nan: Number.NaN,
        infinite: Number.NEGATIVE_INFINITY,
        large: 1e21,
        int64: 2n ** 63n - 1n,
        beyond: 2n ** 63n,
        half: "a\ud800b",
        nul: "a\0b",
        "": "nameless",
        bytes: new Uint8Array([1, 2, 255]),
        cyclic,
        deep,
      }),
    ]);
    expect(span?.attributes).toMatchObject({
      large: 1e21,
      int64: 2 ** 63,
      beyond: "9223372036854775808",
      half: "a\ufffdb",
      nul: "a\0b",
      bytes: Buffer.from([1, 2, 255]),
      cyclic: { name: "outer", self: null },
    });
    expect(String(span?.attributes["nan"])).toBe("NaN");
    expect(String(span?.attributes["infinite"])).toBe("-Infinity");
    expect(Object.keys(span?.attributes ?? {})).not.toContain("");
  });

  it("refuses a span whose ids are none, since a receiver would refuse all of the batch", () => {
    const broken = { ...hostile({}), spanContext: () => ({ traceId: "x", spanId: "y", traceFlags: 1 }) };
    expect(() => received(format, [broken])).toThrow("its trace id is not 32 hex digits, or its span id not 16");
  });
});
