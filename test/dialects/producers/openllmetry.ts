/**
 * OpenLLMetry's instrumentation of OpenAI: with `flattened` the last version that spread messages over attributes, else
 * the one that writes the messages of the conventions.
 */
import OpenAI from "openai-6";
import { callOpenAI } from "./openai-call.ts";
import { produce, provider } from "./support.ts";

const { OpenAIInstrumentation } =
  process.argv[3] === "flattened"
    ? await import("@traceloop/instrumentation-openai-flattened")
    : await import("@traceloop/instrumentation-openai");
const instrumentation = new OpenAIInstrumentation({ traceContent: true });
instrumentation.setTracerProvider(provider);
instrumentation.manuallyInstrument(OpenAI);

await produce((play) => callOpenAI(new OpenAI({ apiKey: "key", baseURL: play.baseURL, maxRetries: 0 }), play));
