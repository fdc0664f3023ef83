import Anthropic from "@anthropic-ai/sdk";
import { instrument } from "@genspan/instrumentation";
import OpenAI from "openai";
import { callMistral, mistralClient } from "./mistral-call.ts";
import { callOpenAI } from "./openai-call.ts";
import { consume } from "./run.ts";
import { produce, provider } from "./support.ts";

const options = { captureContent: "span", tracerProvider: provider } as const;

await produce(async (play) => {
  const { baseURL, api, body } = play;
  const settings = { apiKey: "key", maxRetries: 0 };
  if (play.id.startsWith("mistral-")) return callMistral(instrument(mistralClient(play), options), play);
  if (api !== "messages") return callOpenAI(instrument(new OpenAI({ ...settings, baseURL }), options), play);
  const client = new Anthropic({ ...settings, baseURL: baseURL.replace(/\/v1$/, ""), openTelemetry: false });
  return consume(await instrument(client, options).messages.create(body as never));
});
