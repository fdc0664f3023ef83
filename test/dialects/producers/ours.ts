import Anthropic from "@anthropic-ai/sdk";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { instrument } from "@genspan/instrumentation";
import { GoogleGenAI } from "google-genai-1";
import OpenAI from "openai";
import { anthropicOptions, callAnthropic } from "./anthropic-call.ts";
import { bedrockOptions, callBedrock } from "./bedrock-call.ts";
import { callGoogle, googleOptions } from "./google-call.ts";
import { callMistral, mistralClient } from "./mistral-call.ts";
import { callOpenAI } from "./openai-call.ts";
import { produce, provider } from "./support.ts";

const options = { captureContent: "span", tracerProvider: provider } as const;

await produce((play) => {
  const { baseURL, api } = play;
  if (play.id.startsWith("mistral-")) return callMistral(instrument(mistralClient(play), options), play);
  if (play.path.startsWith("/model/")) {
    return callBedrock(instrument(new BedrockRuntimeClient(bedrockOptions(play)), options), play);
  }
  if (/generateContent/i.test(play.path)) {
    return callGoogle(instrument(new GoogleGenAI(googleOptions(play)), options), play);
  }
  if (api === "messages") {
    return callAnthropic(instrument(new Anthropic(anthropicOptions(play)), options), play);
  }
  return callOpenAI(instrument(new OpenAI({ apiKey: "key", baseURL, maxRetries: 0 }), options), play);
});
