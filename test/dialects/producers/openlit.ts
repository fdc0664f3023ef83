import { createRequire } from "node:module";
import OpenAI from "openai";
import { callOpenAI } from "./openai-call.ts";
import { produce, provider } from "./support.ts";

/**
 * `Openlit.init` would make a provider of its own with an exporter to a collector, so its parts are put together here as
 * it does itself.
 */
const load = createRequire(import.meta.resolve("openlit"));
// The package exports no types of these files.
const { default: config } = load("./config.js") as { default: { updateConfig(options: object): void } };
const { default: Instrumentation } = load("./instrumentation/openai/index.js") as {
  default: new () => { setTracerProvider(provider: object): void; manualPatch(module: object): void };
};
config.updateConfig({ tracer: provider, captureMessageContent: true, pricingInfo: {}, environment: "test" });
const instrumentation = new Instrumentation();
instrumentation.setTracerProvider(provider);
instrumentation.manualPatch({ OpenAI });

await produce((play) => callOpenAI(new OpenAI({ apiKey: "key", baseURL: play.baseURL, maxRetries: 0 }), play));
