import { consume, type Play } from "./run.ts";

/** Settings that every major version of the client takes. It adds the API's version to the path itself. */
export const anthropicOptions = ({
  baseURL,
}: Play): { apiKey: string; baseURL: string; maxRetries: number; openTelemetry: false } => ({
  apiKey: "key",
  baseURL: baseURL.replace(/\/v1$/, ""),
  maxRetries: 0,
  openTelemetry: false,
});

/** The part of every major version that the producers call. */
export interface AnthropicClient {
  readonly messages: { create(body: never): PromiseLike<unknown> };
}

/** Makes the recorded call and reads the answer to its end. */
export async function callAnthropic(client: AnthropicClient, { body }: Play): Promise<void> {
  await consume(await client.messages.create(body as never)); // recorded bodies were checked by the provider
}
