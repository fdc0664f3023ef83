import { readFileSync } from "node:fs";
import { GenAISpan } from "./engine/genai-span.ts";
import type { ReadableSpanLike } from "./engine/readable-span.ts";
import { type MapResult, mapTrace, tracesOf } from "./map-span.ts";
import { decodeOtlpTraces } from "./otlp/decode.ts";
import type { VendorFormat } from "./vendor.ts";

/** What the tests of vendors have in common. */

/** Makes the reader of JSON files in `testdata`. @param file `import.meta.url` of a file beside that folder. */
export function testdataBeside(file: string): (name: string) => unknown {
  return (name) => JSON.parse(readFileSync(new URL(`testdata/${name}`, file), "utf8"));
}

/** Spans of an OTLP/JSON request, such as the golden trace of a vendor. */
export function spansIn(request: unknown): readonly ReadableSpanLike[] {
  const decoded = decodeOtlpTraces(request);
  if (decoded.status !== "decoded") throw new Error(decoded.reason);
  return decoded.spans;
}

/** All records of the traces of these spans. */
export function mapAll(format: VendorFormat, spans: readonly ReadableSpanLike[]): readonly MapResult[] {
  return tracesOf(spans.map((span) => new GenAISpan(span))).flatMap((trace) => mapTrace(format, trace));
}

/** @throws {Error} where there is none, or it is not valid: with what is wrong. */
export function validRecord(result: MapResult | undefined): object {
  if (result?.status === "mapped") return result.record;
  if (result?.status === "invalid") throw new Error(result.problems.join("; "));
  throw new Error(result?.reason ?? "no record was made");
}
