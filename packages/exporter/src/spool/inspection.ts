import type { ReadableSpanLike } from "@genspan/mapping/core";
import { jsonOf } from "../destinations/codecs.ts";
import { Entry } from "../otlp/slab.ts";
import { spanLine } from "../otlp/span-json.ts";

/** What could not be encoded as it should be, in some form that a person can read; empty where there is none. */
export function bodyForInspection(payload: unknown): string | Uint8Array {
  try {
    if (payload instanceof Entry) return payload.copy();
    return isSpan(payload) ? spanLine(payload) : (jsonOf(payload) ?? "");
  } catch {
    return "";
  }
}

function isSpan(payload: unknown): payload is ReadableSpanLike {
  return typeof payload === "object" && payload !== null && "spanContext" in payload && "resource" in payload;
}
