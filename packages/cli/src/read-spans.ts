import { decodeOtlpTraces, decodeRecord, type ReadableSpanLike, type VendorFormat } from "@genspan/mapping";
import { readValues } from "./read-values.ts";

export type SpansRead =
  | {
      readonly status: "read";
      readonly spans: readonly ReadableSpanLike[];
      readonly line: number;
      /** Spans that could not be read; where a record is not as its vendor documents. The rest was read all the same. */
      readonly problems: readonly string[];
    }
  | { readonly status: "malformed"; readonly line: number; readonly reason: string };

/** Spans of a stream of OTLP/JSON trace export requests, or, given a format, of that vendor's records. */
export async function* readSpans(
  input: AsyncIterable<unknown>,
  from: VendorFormat | undefined,
): AsyncGenerator<SpansRead> {
  for await (const read of readValues(input)) {
    if (read.status === "malformed") yield read;
    else yield { ...(from === undefined ? ofRequest(read.value) : ofRecord(from, read.value)), line: read.line };
  }
}

type Decoded =
  | { readonly status: "read"; readonly spans: readonly ReadableSpanLike[]; readonly problems: readonly string[] }
  | { readonly status: "malformed"; readonly reason: string };

function ofRequest(value: unknown): Decoded {
  const decoded = decodeOtlpTraces(value);
  return decoded.status === "decoded" ? { ...decoded, status: "read" } : decoded;
}

/** `{"vendor": ..., "record": ...}`, as `genspan map --vendor all` prints, is its record. */
function ofRecord(format: VendorFormat, value: unknown): Decoded {
  const isWrapped = typeof value === "object" && value !== null && "record" in value && "vendor" in value;
  const decoded = decodeRecord(format, isWrapped ? value.record : value);
  return decoded.status === "decoded" ? { ...decoded, status: "read" } : decoded;
}
