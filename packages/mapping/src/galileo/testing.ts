import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { mapAll, spansIn, testdataBeside, validRecord } from "../testing.ts";
import { galileo } from "./index.ts";
import type { TraceRecord } from "./schema.ts";

/** Helpers of this folder's tests. */

export const options: { readonly projectId: string } = { projectId: "c0fb3b45-3246-4cbd-9887-a58e2749a005" };
export const chat: Readonly<Record<string, string>> = {
  "gen_ai.operation.name": "chat",
  "gen_ai.request.model": "gpt-4o",
};

export const readJson: (name: string) => unknown = testdataBeside(import.meta.url);

export const documented = readJson("documented.schema.json") as {
  readonly properties: object;
  readonly $defs: { readonly Span: { readonly properties: object } };
};

const ajv = new Ajv2020();
ajv.addFormat("uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
/** Galileo's own schema, which knows nothing of ours. */
export const isDocumented: ValidateFunction = ajv.compile(documented);

export function goldenSpans(): readonly ReadableSpanLike[] {
  return spansIn(readJson("agent-trace.span.json"));
}

/** The record of one trace. Fails where it is not valid by our schema or by Galileo's. */
export function recordOf(spans: readonly ReadableSpanLike[], given: object = options): TraceRecord {
  const record = validRecord(mapAll(galileo.configure(given), spans)[0]);
  if (!isDocumented(JSON.parse(JSON.stringify(record)))) throw new Error(JSON.stringify(isDocumented.errors));
  return record as TraceRecord; // made by this vendor, and valid by its schema
}

/** Spans named by one hex digit. */
export function child(id: string, parent: string | undefined, attributes: Record<string, unknown>): ReadableSpanLike {
  return spanOf({
    spanId: id.padStart(16, "0"),
    ...(parent !== undefined && { parentSpanId: parent.padStart(16, "0") }),
    attributes,
  });
}

export function agent(id: string): ReadableSpanLike {
  return child(id, undefined, { "gen_ai.operation.name": "invoke_agent" });
}
