import { OpenAIInstrumentation } from "@traceloop/instrumentation-openai";
import OpenAI from "openai-6";
import { callOpenAI } from "./openai-call.ts";
import { produce, provider } from "./support.ts";

const instrumentation = new OpenAIInstrumentation({ traceContent: true });
instrumentation.setTracerProvider(provider);
instrumentation.manuallyInstrument(OpenAI);

await produce((play) => callOpenAI(new OpenAI({ apiKey: "key", baseURL: play.baseURL, maxRetries: 0 }), play));
