import * as semconv from "@genspan/semconv";
import { provider } from "../reading/value-maps.ts";
import { text } from "../reading/values.ts";

/** Names that the AI SDK gives providers, which those that build on it pass on. */

/** `openai.responses`, `google.generative-ai`, `azure-openai.chat`: the family, then what of it was called. */
export function providerAndApi(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const given = text(value)?.toLowerCase();
  if (given === undefined) return undefined;
  const [family = given, api] = given.split(".");
  const name = familyOf(given);
  const apis: Readonly<Record<string, string>> = { responses: "responses", chat: "chat_completions" };
  return {
    [semconv.ATTR_GEN_AI_PROVIDER_NAME]: family === "azure" ? "azure.ai.inference" : name,
    ...(family === "openai" &&
      api !== undefined &&
      Object.hasOwn(apis, api) && { [semconv.ATTR_OPENAI_API_TYPE]: apis[api] }),
  };
}

const CURRENT: ReadonlySet<unknown> = new Set(
  Object.entries<unknown>(semconv).flatMap(([name, value]) =>
    name.startsWith("GEN_AI_PROVIDER_NAME_VALUE_") ? [value] : [],
  ),
);

/** A name of the conventions as it is, one of the AI SDK's as the conventions have it, any other as it is. */
export function currentProvider(value: unknown): unknown {
  if (CURRENT.has(value)) return value;
  const name = providerAndApi(value)?.[semconv.ATTR_GEN_AI_PROVIDER_NAME];
  return CURRENT.has(name) ? name : value;
}

/** The longest beginning that names a provider: `google.vertex.chat` is Vertex, `google.generative-ai` is not. */
function familyOf(given: string): string {
  for (let beginning = given; ; beginning = beginning.slice(0, beginning.lastIndexOf("."))) {
    const name = provider(beginning) ?? beginning;
    if (name !== beginning || !beginning.includes(".")) return name;
  }
}
