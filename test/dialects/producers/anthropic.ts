import Anthropic from "@anthropic-ai/sdk";
import { consume } from "./run.ts";
import { produce, provider } from "./support.ts";

await produce(async ({ baseURL, body }) => {
  const client = new Anthropic({
    apiKey: "key",
    baseURL: baseURL.replace(/\/v1$/, ""),
    maxRetries: 0,
    openTelemetry: { tracerProvider: provider, traces: { contentMode: "content" } },
  });
  await consume(await client.messages.create(body as never)); // recorded bodies were checked by the provider
});
