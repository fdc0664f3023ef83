import Anthropic from "@anthropic-ai/sdk";
import { AnthropicInstrumentation } from "@arizeai/openinference-instrumentation-anthropic";
import { anthropicOptions, callAnthropic } from "./anthropic-call.ts";
import { produce, provider } from "./support.ts";

const instrumentation = new AnthropicInstrumentation({ tracerProvider: provider });
instrumentation.manuallyInstrument(Anthropic);

await produce((play) => callAnthropic(new Anthropic(anthropicOptions(play)), play));
