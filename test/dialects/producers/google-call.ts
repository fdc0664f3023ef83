import type { GoogleGenAI } from "google-genai-1";
import { consume, type Play } from "./run.ts";

export const googleOptions = ({ baseURL }: Play): { apiKey: string; httpOptions: { baseUrl: string } } => ({
  apiKey: "key",
  httpOptions: { baseUrl: baseURL.replace(/\/v1$/, "") },
});

/** Makes the recorded call. What a request says beside its contents, the client takes as one config. */
export async function callGoogle(client: Pick<GoogleGenAI, "models">, { api, path, body }: Play): Promise<void> {
  const { contents, generationConfig, ...rest } = body;
  const model = /models\/([^:]+)/.exec(path)?.[1] ?? "";
  const asked = { model, contents, config: { ...Object(generationConfig), ...rest } } as never; // checked by the provider
  if (api.startsWith("stream")) await consume(await client.models.generateContentStream(asked));
  else await client.models.generateContent(asked);
}
