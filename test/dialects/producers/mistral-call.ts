import { Mistral } from "@mistralai/mistralai";
import { consume, type Play } from "./run.ts";

export const mistralClient = ({ baseURL }: Play): Mistral =>
  new Mistral({ apiKey: "key", serverURL: baseURL.replace(/\/v1$/, "") });

/** Makes the recorded call. The client takes camelCase and sends snake_case. */
export async function callMistral(client: Pick<Mistral, "chat">, { body }: Play): Promise<void> {
  const given = camelCased(body) as never; // recorded bodies were checked by the provider
  if (body["stream"] === true) await consume(await client.chat.stream(given));
  else await client.chat.complete(given);
}

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
