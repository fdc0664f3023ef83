import { ATTR_GENSPAN_METADATA_PREFIX } from "@genspan/semconv";
import type { SpanEventLike } from "../engine/readable-span.ts";

/**
 * Free-form metadata of a vendor as attributes again. Mappings write attributes without a field of their own there as
 * text under their names; what the user added stands beside them.
 */

type Attributes = Readonly<Record<string, unknown>>;

/** Beginnings of names that the conventions have given out. Other names are the user's. */
const NAMESPACES =
  /^(?:gen_ai|openai|aws|azure|gcp|mcp|jsonrpc|server|client|network|http|url|error|exception|code|otel|telemetry|user|session|anthropic|mistral|cohere|ollama|genspan|galileo|respan|keywordsai)\./;

/** Whether the conventions, or we, have given out a name. */
export function isGivenOut(name: string): boolean {
  return NAMESPACES.test(name);
}

export interface DecodedMetadata {
  readonly attributes: Attributes;
  readonly resource: Attributes;
}

/** @param isOther keys that are not metadata: read by somebody else. */
export function metadataAttributes(metadata: Attributes, isOther: (key: string) => boolean): DecodedMetadata {
  const attributes: Record<string, unknown> = {};
  const resource: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(metadata)) {
    if (value === undefined || value === null) continue;
    if (/^(?:service|deployment)\./.test(key)) resource[key] = value;
    else if (isOther(key)) continue;
    else if (NAMESPACES.test(key)) attributes[key] = typeof value === "string" ? attributeValue(value) : value;
    else attributes[`${ATTR_GENSPAN_METADATA_PREFIX}${key}`] = value;
  }
  return { attributes, resource };
}

/** A number, a boolean or a list that was written as text, if writing it again gives the same text. */
function attributeValue(text: string): unknown {
  if (!/^(?:-?\d|true$|false$|\[)/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    const isList = Array.isArray(value) && value.every((item) => typeof item !== "object");
    return (typeof value !== "object" || isList) && JSON.stringify(value) === text ? value : text;
  } catch {
    return text;
  }
}

/** A score as the conventions record it: an event of the span that was evaluated. */
export function evaluationEvent(name: string, score: unknown, time: SpanEventLike["time"]): SpanEventLike {
  const isScore = typeof score === "number" || (typeof score === "string" && /^-?\d+(?:\.\d+)?$/.test(score));
  return {
    name: "gen_ai.evaluation.result",
    time,
    attributes: {
      "gen_ai.evaluation.name": name,
      ...(isScore
        ? { "gen_ai.evaluation.score.value": Number(score) }
        : { "gen_ai.evaluation.score.label": String(score) }),
    },
  };
}
