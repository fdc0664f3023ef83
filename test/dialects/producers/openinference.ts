import { OpenAIInstrumentation } from "@arizeai/openinference-instrumentation-openai";
import OpenAI from "openai";
import { callOpenAI } from "./openai-call.ts";
import { produce, provider } from "./support.ts";

const instrumentation = new OpenAIInstrumentation({ tracerProvider: provider });
instrumentation.manuallyInstrument(OpenAI);

await produce((play) => callOpenAI(new OpenAI({ apiKey: "key", baseURL: play.baseURL, maxRetries: 0 }), play));
