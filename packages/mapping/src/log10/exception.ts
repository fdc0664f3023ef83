import { EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";

/** An attribute of the span's first exception event. */
export function exceptionText(span: GenAISpan, attribute: string): string | undefined {
  for (const { name, attributes } of span.events) {
    const value =
      name === "exception" || name === EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION ? attributes?.[attribute] : undefined;
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}
