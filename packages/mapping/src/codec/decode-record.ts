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
  if (!isObject(record)) return { status: "malformed", reason: `a ${format.recordName} is a JSON object` };
  try {
    const spans = format.decode(record);
    if (spans.length === 0) return { status: "malformed", reason: `no ${format.recordName}: nothing in it is a span` };
    const { schema, recordName } = format.companion?.recognises(record) ? format.companion : format;
    const checked = schema.safeParse(record);
    const problems = checked.success
      ? []
      : checked.error.issues.map(({ path, message }) => `${path.join(".") || recordName}: ${message}`);
    return { status: "decoded", spans, problems };
  } catch (error) {
    return { status: "malformed", reason: error instanceof Error ? error.message : String(error) };
  }
}
