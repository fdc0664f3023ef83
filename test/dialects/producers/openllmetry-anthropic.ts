/** OpenLLMetry's instrumentation of Anthropic, in the two generations of `openllmetry.ts`. It needs a client before 1.0. */
import * as anthropic from "anthropic-0";
import { anthropicOptions, callAnthropic } from "./anthropic-call.ts";
import { produce, provider } from "./support.ts";

const { AnthropicInstrumentation } =
  process.argv[3] === "flattened"
    ? await import("@traceloop/instrumentation-anthropic-flattened")
    : await import("@traceloop/instrumentation-anthropic");
const instrumentation = new AnthropicInstrumentation({ traceContent: true });
instrumentation.setTracerProvider(provider);
instrumentation.manuallyInstrument(anthropic as never); // its types are those of another version of the client

await produce((play) => callAnthropic(new anthropic.Anthropic(anthropicOptions(play)), play));
