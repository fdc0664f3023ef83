import type { z } from "zod";
import { isObject } from "../engine/message-guards.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import type { VendorFormat } from "../vendor.ts";

/** What could be read of a vendor's record. Values, not exceptions: one bad record never costs its neighbours. */
export type DecodedRecord =
  | {
      readonly status: "decoded";
      readonly spans: readonly ReadableSpanLike[];
      /** Where the record is not as documented; what is right of it was read all the same. */
      readonly problems: readonly string[];
    }
  | { readonly status: "malformed"; readonly reason: string };

/** Makes the spans of a record, and says where it is not as the vendor documents. Never throws. */
export function decodeRecord(format: VendorFormat, record: unknown): DecodedRecord {
  const { recordName } = format;
  if (!isObject(record)) return { status: "malformed", reason: `a ${recordName} is a JSON object` };
  if (!Object.keys(record).some((name) => fieldsOf(format).has(name))) {
    return { status: "malformed", reason: `no ${recordName}: it has none of the fields of one` };
  }
  try {
    const spans = format.decode(record);
    if (spans.length === 0) return { status: "malformed", reason: `no ${recordName}: nothing in it is a span` };
    return { status: "decoded", spans, problems: problemsOf(format, record) };
  } catch (error) {
    return { status: "malformed", reason: error instanceof Error ? error.message : String(error) };
  }
}

const known = new WeakMap<VendorFormat, ReadonlySet<string>>();

/** Names of the documented fields, at any level: a vendor's answer may wrap or unwrap what is sent. */
function fieldsOf(format: VendorFormat): ReadonlySet<string> {
  const found = known.get(format);
  if (found !== undefined) return found;
  const names = format.tables.flatMap(({ fields }) => fields.map(({ field }) => field.split(".", 1)[0] ?? ""));
  const fields = new Set(names);
  known.set(format, fields);
  return fields;
}

function problemsOf({ schema, recordName, companion, readSchema }: VendorFormat, record: object): readonly string[] {
  const [documented, name] = companion?.recognises(record)
    ? [companion.schema, companion.recordName]
    : [readSchema?.(record) ?? schema, recordName];
  const issues = issuesOf(documented, record);
  // What a vendor stores has nulls where nothing was sent.
  const left = issues.length === 0 ? issues : issuesOf(documented, withoutNulls(record));
  return left.map(({ path, message }) => `${path.join(".") || name}: ${message}`);
}

function issuesOf(schema: z.ZodType, record: unknown): readonly z.core.$ZodIssue[] {
  return schema.safeParse(record).error?.issues ?? [];
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutNulls(inner)]));
}
