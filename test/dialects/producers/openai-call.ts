import { consume, type Play } from "./run.ts";

/** The parts of every major version of `openai` that the producers call; the body is that of the recording. */
export interface OpenAIClient {
  readonly chat: { readonly completions: { create(body: never): PromiseLike<unknown> } };
  readonly responses: { create(body: never): PromiseLike<unknown> };
  readonly embeddings: { create(body: never): PromiseLike<unknown> };
}

/** Makes the recorded call and reads the answer to its end. */
export async function callOpenAI(client: OpenAIClient, { api, body }: Play): Promise<void> {
  const given = body as never; // recorded bodies were checked by the provider
  if (api === "responses") await consume(await client.responses.create(given));
  else if (api === "embeddings") await consume(await client.embeddings.create(given));
  else await consume(await client.chat.completions.create(given));
}
