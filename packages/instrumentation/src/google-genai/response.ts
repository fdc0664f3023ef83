import type { MessagePart, OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import { isRecord, list, putText, record, type UnknownRecord } from "../engine/read.ts";
import { finishReason } from "./finish-reason.ts";
import { contentMessage } from "./parts.ts";
import { putUsage } from "./usage.ts";

export function generateContentResponse(value: unknown): Attributes {
  const response = record(value);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, response["responseId"]);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, response["modelVersion"]);
  const reasons = list(response["candidates"]).map((candidate) => finishReason(record(candidate)["finishReason"]));
  // A prompt that was blocked has no candidates.
  if (reasons.length === 0 && record(response["promptFeedback"])["blockReason"]) reasons.push("content_filter");
  if (reasons.length > 0) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = reasons;
  putUsage(attributes, response["usageMetadata"]);
  return attributes;
}

export function generateContentOutput(value: unknown): OutputMessage[] {
  return list(record(value)["candidates"])
    .filter(isRecord)
    .map((candidate) => {
      const { parts } = contentMessage(record(candidate["content"]));
      return { role: "assistant", parts: [...parts, ...sourceParts(candidate)] };
    });
}

/** What the answer rests on: pages that were found and read, works that were quoted. The search widget is left out. */
function sourceParts(candidate: UnknownRecord): MessagePart[] {
  const { searchEntryPoint: _widget, ...grounding } = record(candidate["groundingMetadata"]);
  const sources = {
    grounding_metadata: grounding,
    url_context_metadata: record(candidate["urlContextMetadata"]),
    citation_metadata: record(candidate["citationMetadata"]),
  };
  return Object.entries(sources).flatMap(([type, content]) =>
    Object.keys(content).length > 0 ? [{ type, content }] : [],
  );
}
