import { type ReadableSpanLike, scopeOf } from "@genspan/mapping/core";
import { kindOf, namesOf } from "./any-value.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";
import type { Entry } from "./slab.ts";
import { countOf, flagsOf, idsOf, linksOf, nanosOf, spanKindOf, statusCodeOf } from "./span-fields.ts";

/** Field numbers are those of opentelemetry-proto 1.x: trace/v1, resource/v1 and common/v1. */

const writer = new ProtobufWriter();

/**
 * One entry of `ScopeSpans.spans`, tag and length included, so that entries can be put one after another.
 * @throws {Error} what a hostile span throws, or a TypeError for ids that are none.
 */
export function spanBytes(span: ReadableSpanLike): Entry {
  writer.begin().message(2, () => writeSpan(span));
  return writer.finish();
}

/** The fields of `ResourceSpans` and of `ScopeSpans` other than the spans, both in base64. */
export function spanHeadBytes(span: ReadableSpanLike): string {
  const scope = scopeOf(span);
  writer.begin().message(1, () => writeAttributes(writer, 1, span.resource.attributes));
  const resource = writer.finishBase64();
  writer.begin().message(1, () => {
    writer.text(1, scope?.name ?? "");
    if (scope?.version) writer.text(2, scope.version);
  });
  if (scope?.schemaUrl) writer.text(3, scope.schemaUrl);
  return `${resource}.${writer.finishBase64()}`;
}

export function writeAttributes(
  to: ProtobufWriter,
  field: number,
  values: Readonly<Record<string, unknown>>,
  path: readonly object[] = [],
): void {
  for (const name of namesOf(values)) {
    const value = values[name];
    to.message(field, () => {
      to.text(1, name);
      to.message(2, () => writeValue(to, value, path));
    });
  }
}

/** The one field of an `AnyValue`. */
export function writeValue(to: ProtobufWriter, value: unknown, path: readonly object[] = []): void {
  const kind = kindOf(value, path);
  switch (kind.kind) {
    case "text":
      to.text(1, kind.text);
      break;
    case "bool":
      to.uint(2, kind.bool ? 1 : 0);
      break;
    case "int":
      to.uint(3, kind.int);
      break;
    case "double":
      to.double(4, kind.double);
      break;
    case "list": {
      const inner = [...path, kind.list];
      to.message(5, () => {
        for (const item of kind.list) to.message(1, () => writeValue(to, item, inner));
      });
      break;
    }
    case "map":
      to.message(6, () => writeAttributes(to, 1, kind.map, [...path, kind.map]));
      break;
    case "bytes":
      to.bytes(7, kind.bytes);
      break;
    case "empty":
  }
}

function writeSpan(span: ReadableSpanLike): void {
  const { traceId, spanId, parentSpanId, traceState, flags } = idsOf(span);
  writer.hex(1, traceId);
  writer.hex(2, spanId);
  if (traceState) writer.text(3, traceState);
  if (parentSpanId !== undefined) writer.hex(4, parentSpanId);
  writer.text(5, String(span.name));
  writer.uint(6, spanKindOf(span));
  writer.fixed64(7, nanosOf(span.startTime));
  writer.fixed64(8, nanosOf(span.endTime));
  writeAttributes(writer, 9, span.attributes);
  writeCount(10, span.droppedAttributesCount);
  for (const { time, name, attributes, droppedAttributesCount } of span.events) {
    writer.message(11, () => {
      writer.fixed64(1, nanosOf(time));
      writer.text(2, String(name));
      writeAttributes(writer, 3, attributes ?? {});
      writeCount(4, droppedAttributesCount);
    });
  }
  writeCount(12, span.droppedEventsCount);
  for (const { context, attributes, droppedAttributesCount } of linksOf(span)) {
    writer.message(13, () => {
      writer.hex(1, context.traceId);
      writer.hex(2, context.spanId);
      if (context.traceState) writer.text(3, context.traceState.serialize());
      writeAttributes(writer, 4, attributes ?? {});
      writeCount(5, droppedAttributesCount);
      writer.fixed32(6, flagsOf(context.traceFlags, context.isRemote));
    });
  }
  writeCount(14, span.droppedLinksCount);
  const { message } = span.status;
  const code = statusCodeOf(span);
  writer.message(15, () => {
    if (message) writer.text(2, String(message));
    if (code > 0) writer.uint(3, code);
  });
  writer.fixed32(16, flags);
}

function writeCount(field: number, count: number | undefined): void {
  const valid = countOf(count);
  if (valid > 0) writer.uint(field, valid);
}
