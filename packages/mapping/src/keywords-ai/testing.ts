import { GenAISpan } from "../engine/genai-span.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { Trace } from "../engine/trace.ts";
import { type MapResult, mapSpan } from "../map-span.ts";
import { mapAll, spansIn, testdataBeside, validRecord } from "../testing.ts";
import { keywordsAI } from "./index.ts";
import type { RequestLog } from "./schema.ts";

/** Helpers of this folder's tests. */

export const readJson: (name: string) => unknown = testdataBeside(import.meta.url);

export function goldenTrace(name: string): Trace {
  return new Trace(spansIn(readJson(`${name}.span.json`)).map((span) => new GenAISpan(span)));
}

/** The log of one span that stands alone in its trace. Fails where it is not valid. */
export function logOf(attributes: Record<string, unknown>, options: object = {}): RequestLog {
  return recordOf(mapSpan(keywordsAI.configure(options), new GenAISpan(spanOf({ attributes }))));
}

/** The logs of a trace, in order of start time. */
export function logsOf(spans: readonly ReadableSpanLike[], options: object = {}): readonly RequestLog[] {
  return mapAll(keywordsAI.configure(options), spans).map(recordOf);
}

export function recordOf(result: MapResult): RequestLog {
  return validRecord(result) as RequestLog; // made by this vendor, and valid by its schema
}
