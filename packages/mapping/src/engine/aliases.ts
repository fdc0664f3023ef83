import {
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_SEED,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_OPENAI_REQUEST_SERVICE_TIER,
  ATTR_OPENAI_RESPONSE_SERVICE_TIER,
  ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT,
  ATTR_USER_ID,
} from "@genspan/semconv";

/**
 * Former names of attributes in the GenAI conventions 1.26 to 1.41, and what they are called now.
 * The current name wins where a span carries both. Source: the registry snapshot's `deprecated` table.
 */
const ATTRIBUTE_ALIASES: ReadonlyMap<string, string> = new Map([
  ["gen_ai.system", ATTR_GEN_AI_PROVIDER_NAME],
  ["gen_ai.usage.prompt_tokens", ATTR_GEN_AI_USAGE_INPUT_TOKENS],
  ["gen_ai.usage.completion_tokens", ATTR_GEN_AI_USAGE_OUTPUT_TOKENS],
  ["gen_ai.usage.cache_creation.input_tokens", ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS],
  ["gen_ai.openai.request.seed", ATTR_GEN_AI_REQUEST_SEED],
  ["gen_ai.openai.request.response_format", ATTR_GEN_AI_OUTPUT_TYPE],
  ["gen_ai.openai.request.service_tier", ATTR_OPENAI_REQUEST_SERVICE_TIER],
  ["gen_ai.openai.response.service_tier", ATTR_OPENAI_RESPONSE_SERVICE_TIER],
  ["gen_ai.openai.response.system_fingerprint", ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT],
  ["enduser.id", ATTR_USER_ID],
]);

/** Values that were renamed together with, or after, their attribute. */
const VALUE_ALIASES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    ATTR_GEN_AI_PROVIDER_NAME,
    new Map([
      ["vertex_ai", "gcp.vertex_ai"],
      ["gemini", "gcp.gemini"],
      ["az.ai.inference", "azure.ai.inference"],
      ["az.ai.openai", "azure.ai.openai"],
      ["xai", "x_ai"],
    ]),
  ],
  [
    ATTR_GEN_AI_OUTPUT_TYPE,
    new Map([
      ["json_object", "json"],
      ["json_schema", "json"],
    ]),
  ],
]);

/**
 * The span's attributes under their current names. Returns the very same object when nothing is old;
 * attributes that are not in the tables pass untouched.
 */
export function withCurrentNames(attributes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let renamed: Record<string, unknown> | undefined;
  for (const name in attributes) {
    const current = ATTRIBUTE_ALIASES.get(name);
    if (current !== undefined) {
      renamed ??= { ...attributes };
      if (renamed[current] === undefined) renamed[current] = attributes[name];
      delete renamed[name];
    }
  }
  for (const [name, values] of VALUE_ALIASES) {
    const value = (renamed ?? attributes)[name];
    const current = typeof value === "string" ? values.get(value) : undefined;
    if (current !== undefined) {
      renamed ??= { ...attributes };
      renamed[name] = current;
    }
  }
  return renamed ?? attributes;
}
