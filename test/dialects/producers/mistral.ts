import { Mistral } from "@mistralai/mistralai";
import { registerTracerProvider } from "@mistralai/mistralai/extra/observability";
import { produce, provider } from "./support.ts";

registerTracerProvider(provider);

/** The client takes camelCase and sends snake_case. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      key === "parameters" ? inner : camelCased(inner),
    ]),
  );
}

await produce(({ baseURL, body }) => {
  const client = new Mistral({ apiKey: "key", serverURL: baseURL.replace(/\/v1$/, "") });
  return client.chat.complete(camelCased(body) as never); // recorded bodies were checked by the provider
});
