import Anthropic from "@anthropic-ai/sdk";
import { anthropicOptions, callAnthropic } from "./anthropic-call.ts";
import { produce, provider } from "./support.ts";

const openTelemetry = { tracerProvider: provider, traces: { contentMode: "content" } } as const;

await produce((play) => callAnthropic(new Anthropic({ ...anthropicOptions(play), openTelemetry }), play));
