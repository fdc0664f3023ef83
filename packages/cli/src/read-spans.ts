import { decodeOtlpTraces, decodeRecord, type ReadableSpanLike, type VendorFormat } from "@genspan/mapping";
import type { Source } from "./read-bytes.ts";
import { readValues } from "./read-values.ts";

export type SpansRead =
  | {
      readonly status: "read";
      readonly spans: readonly ReadableSpanLike[];
      /** Where it begins, such as `line 7` or `spans.json, line 7`. */
      readonly where: string;
      /** What is wrong with the input: spans that could not be read, bytes that are no text. */
      readonly faults: readonly string[];
      /** Where a record is not as its vendor documents. The rest was read all the same. */
      readonly problems: readonly string[];
      /** The record, where there is a format. */
      readonly record?: object;
    }
  | { readonly status: "malformed"; readonly where: string; readonly reason: string };

/** Spans of a source of OTLP/JSON trace export requests, or, given a format, of that vendor's records. */
export async function* readSpans({ place, bytes }: Source, from: VendorFormat | undefined): AsyncGenerator<SpansRead> {
  try {
    for await (const read of readValues(bytes)) {
      const where = `${place}line ${read.line}`;
      if (read.status === "malformed") {
        yield { ...read, where };
        continue;
      }
      const decoded = from === undefined ? ofRequest(read.value) : ofRecord(from, read.value);
      if (decoded.status === "malformed") yield { ...decoded, where };
      else yield { ...decoded, where, faults: read.isDamaged ? [...decoded.faults, NO_UTF8] : decoded.faults };
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    yield { status: "malformed", where: `${place}the rest of the input`, reason: `cannot be read: ${reason}` };
  }
}

const NO_UTF8 = "some of its bytes are not UTF-8; U+FFFD stands in their place";

type Decoded =
  | {
      readonly status: "read";
      readonly spans: readonly ReadableSpanLike[];
      readonly faults: readonly string[];
      readonly problems: readonly string[];
      readonly record?: object;
    }
  | { readonly status: "malformed"; readonly reason: string };

function ofRequest(value: unknown): Decoded {
  const decoded = decodeOtlpTraces(value);
  if (decoded.status !== "decoded") return decoded;
  return { status: "read", spans: decoded.spans, faults: decoded.problems, problems: [] };
}

/** `{"vendor": ..., "record": ...}`, as `genspan map --vendor all` prints, is its record. */
function ofRecord(format: VendorFormat, value: unknown): Decoded {
  const isWrapped = typeof value === "object" && value !== null && "record" in value && "vendor" in value;
  const record: unknown = isWrapped ? value.record : value;
  const decoded = decodeRecord(format, record);
  if (decoded.status !== "decoded") return decoded;
  return { ...decoded, status: "read", faults: [], record: record as object }; // what is decoded is an object
}
