import { readFileSync } from "node:fs";
import { GenAISpan } from "../engine/genai-span.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { Trace } from "../engine/trace.ts";
import { type MapResult, mapSpan, mapTrace } from "../map-span.ts";
import { decodeOtlpTraces } from "../otlp/decode.ts";
import { keywordsAI } from "./index.ts";
import type { RequestLog } from "./schema.ts";

/** Helpers of this folder's tests. */

export function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`testdata/${name}`, import.meta.url), "utf8"));
}

export function goldenTrace(name: string): Trace {
  const decoded = decodeOtlpTraces(readJson(`${name}.span.json`));
  if (decoded.status !== "decoded") throw new Error(decoded.reason);
  return new Trace(decoded.spans.map((span) => new GenAISpan(span)));
}

/** The log of one span that stands alone in its trace. Fails where it is not valid. */
export function logOf(attributes: Record<string, unknown>, options: object = {}): RequestLog {
  return recordOf(mapSpan(keywordsAI.configure(options), new GenAISpan(spanOf({ attributes }))));
}

/** The logs of a trace, in order of start time. */
export function logsOf(spans: readonly ReadableSpanLike[], options: object = {}): readonly RequestLog[] {
  const trace = new Trace(spans.map((span) => new GenAISpan(span)));
  return mapTrace(keywordsAI.configure(options), trace).map(recordOf);
}

export function recordOf(result: MapResult): RequestLog {
  if (result.status === "mapped") return result.record as RequestLog; // made by this vendor, and valid by its schema
  throw new Error(result.status === "invalid" ? result.problems.join("; ") : result.reason);
}
