/** OpenLLMetry's instrumentation of Google's client, which needs a client before 2.0. */
import { GenAIInstrumentation } from "@traceloop/instrumentation-google-generativeai";
import * as genai from "google-genai-1";
import { callGoogle, googleOptions } from "./google-call.ts";
import { produce, provider } from "./support.ts";

const instrumentation = new GenAIInstrumentation({ traceContent: true });
instrumentation.setTracerProvider(provider);
const patched = { ...genai }; // a namespace cannot be patched
instrumentation.manuallyInstrument(patched as never); // of another version than its types

await produce((play) => callGoogle(new patched.GoogleGenAI(googleOptions(play)), play));
