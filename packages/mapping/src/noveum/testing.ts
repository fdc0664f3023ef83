import { GenAISpan } from "../engine/genai-span.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { type MapResult, mapSpan } from "../map-span.ts";
import { mapAll, spansIn, testdataBeside, validRecord } from "../testing.ts";
import { noveum } from "./index.ts";
import type { DocumentedLog, GatewayLog, RequestLog } from "./schema.ts";

/** Helpers of this folder's tests. */

export const readJson: (name: string) => unknown = testdataBeside(import.meta.url);

export const base = {
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "azure.ai.openai",
  "gen_ai.request.model": "gpt-4o",
};

type Fields = Parameters<typeof spanOf>[0];

/** The log of one chat span that stands alone in its trace. Fails where it is not valid. */
export function documented(fields: Fields = {}, options: object = {}): DocumentedLog {
  return mapped(fields, options) as DocumentedLog; // the dialect of the options
}

export function gateway(fields: Fields = {}, options: object = {}): GatewayLog {
  return mapped(fields, { ...options, dialect: "gateway" }) as GatewayLog;
}

function mapped(fields: Fields, options: object): RequestLog {
  const span: ReadableSpanLike = spanOf({ ...fields, attributes: { ...base, ...fields?.attributes } });
  return recordOf(mapSpan(noveum.configure(options), new GenAISpan(span)));
}

/** The logs of the golden trace, in order of start time. */
export function golden(options: object): readonly RequestLog[] {
  return mapAll(noveum.configure(options), spansIn(readJson("agent-trace.span.json"))).map(recordOf);
}

function recordOf(result: MapResult): RequestLog {
  return validRecord(result) as RequestLog; // made by this vendor, and valid by its schema
}

/** Every leaf of a JSON value by its path, such as `attributes.request.messages.0.role`. */
export function leavesOf(value: unknown, path = ""): ReadonlyMap<string, unknown> {
  const isLeaf = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  if (isLeaf) return new Map([[path, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, item]) => [...leavesOf(item, path === "" ? key : `${path}.${key}`)]),
  );
}

/** Paths at which two JSON values are not the same, sorted. */
export function differences(one: unknown, other: unknown): readonly string[] {
  const [left, right] = [leavesOf(one), leavesOf(other)];
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths].filter((path) => JSON.stringify(left.get(path)) !== JSON.stringify(right.get(path))).sort();
}
