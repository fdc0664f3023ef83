import { ATTR_GENSPAN_METADATA_PREFIX } from "@genspan/semconv";
import type { SpanEventLike } from "../engine/readable-span.ts";
import { LABEL_SUFFIX } from "../formats/evaluations.ts";

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

/** Scores as the conventions record them: events of the span that was evaluated. A label may stand beside its score. */
export function evaluationEvents(
  results: readonly (readonly [name: string, result: unknown])[],
  time: SpanEventLike["time"],
): readonly SpanEventLike[] {
  const byName = new Map(results);
  const scored = (name: string) => {
    const base = name.endsWith(LABEL_SUFFIX) ? name.slice(0, -LABEL_SUFFIX.length) : undefined;
    return base !== undefined && isScore(byName.get(base)) && !isScore(byName.get(name));
  };
  return [...byName]
    .filter(([name]) => !scored(name))
    .map(([name, result]) => {
      const beside = byName.get(name + LABEL_SUFFIX);
      const label = isScore(result) ? (isScore(beside) ? undefined : beside) : result;
      return {
        name: "gen_ai.evaluation.result",
        time,
        attributes: {
          "gen_ai.evaluation.name": name,
          ...(isScore(result) && { "gen_ai.evaluation.score.value": Number(result) }),
          ...(label !== undefined && { "gen_ai.evaluation.score.label": String(label) }),
        },
      };
    });
}

/** Free-form metadata has numbers as text. */
function isScore(result: unknown): boolean {
  return typeof result === "number" || (typeof result === "string" && /^-?\d+(?:\.\d+)?$/.test(result));
}
