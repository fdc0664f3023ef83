import type { MessagePart } from "@genspan/semconv";
import { isRecord, list } from "../engine/read.ts";

/** What the model is to rest its answer on: texts, or records of the application's own fields. */
export function documentParts(documents: unknown): MessagePart[] {
  return list(documents).flatMap((document) => {
    if (typeof document === "string") return [{ type: "document", content: document }];
    return isRecord(document) ? [{ ...document, type: "document" }] : [];
  });
}
