import type { Destination } from "../destination.ts";
import type { RecordTarget } from "./record-target.ts";

/** The half of a destination that its target brings: the same fields, by the same names. */
export function sendingOf(
  target: RecordTarget,
): Pick<
  Destination,
  "maxItems" | "maxBytes" | "codec" | "concurrency" | "lingerMillis" | "send" | "release" | "flush" | "shutdown"
> {
  const { maxItems, maxBytes, codec, concurrency, lingerMillis, send, release, flush, shutdown } = target;
  return { maxItems, maxBytes, codec, concurrency, lingerMillis, send, release, flush, shutdown };
}
