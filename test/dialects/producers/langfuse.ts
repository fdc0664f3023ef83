import { observeOpenAI } from "@langfuse/openai";
import OpenAI from "openai";
import { callOpenAI } from "./openai-call.ts";
import { produce } from "./support.ts";

await produce((play) =>
  callOpenAI(observeOpenAI(new OpenAI({ apiKey: "key", baseURL: play.baseURL, maxRetries: 0 })), play),
);
