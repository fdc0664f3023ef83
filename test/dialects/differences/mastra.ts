/** Mastra, by its exporter and by its bridge to OpenTelemetry. */
import { type Differences, type DifferencesById, LOST, REFUSED_TEXT } from "./reasons.ts";

const AROUND = "it stands on the generation around the call";
const WITHIN = "it stands on the call within the generation";
const NO_CALLS = "the producer drops calls of tools";
const JPEG = "the producer takes every image for a JPEG";

const call: Differences = { responseId: LOST, input: AROUND };
const toolCall: Differences = { ...call, output: AROUND, tools: LOST };

/** Of the generation the messages alone are looked at. */
const around: Differences = {
  operation: "the loop around the calls",
  provider: WITHIN,
  requestModel: WITHIN,
  responseModel: WITHIN,
  responseId: LOST,
  finishReasons: WITHIN,
};
const aroundUsage: Differences = { ...around, inputTokens: WITHIN, outputTokens: WITHIN };

export const MASTRA: Readonly<Record<string, DifferencesById>> = {
  "Mastra 1.71.0": {
    "agent-run-stream-structured-with-tool-7153b3": toolCall,
    "litellm-instrumentation-cacdb7": toolCall,
    "openai-streaming-chat-completions-with-conte-5bf4d3": toolCall,
    "chat-completion-with-raw-response-streaming-6a7f58": call,
    "openai-v6-latest-0709f3": call,
    "token-counts-24a998": call,
    "parsed-refused-completion-caac6e": { ...call, ...REFUSED_TEXT },
  },
  "Mastra 1.71.0, around the call": {
    "agent-run-stream-structured-with-tool-7153b3": { ...aroundUsage, tools: LOST },
    "litellm-instrumentation-cacdb7": { ...aroundUsage, tools: LOST },
    "openai-streaming-chat-completions-with-conte-5bf4d3": { ...around, tools: LOST },
    "chat-completion-with-raw-response-streaming-6a7f58": aroundUsage,
    "openai-v6-latest-0709f3": { ...aroundUsage, input: JPEG },
    "token-counts-24a998": { ...aroundUsage, cacheRead: WITHIN, reasoning: WITHIN },
    "parsed-refused-completion-caac6e": { ...aroundUsage, output: "the producer records a refusal as text" },
  },
  "Mastra 1.71.0, bridge 1.5.4": {
    "agent-run-stream-structured-with-tool-7153b3": {
      input: "the producer writes the answer of a tool as JSON text",
      output: NO_CALLS,
      tools: LOST,
    },
    "litellm-instrumentation-cacdb7": { output: NO_CALLS, tools: LOST },
    "openai-streaming-chat-completions-with-conte-5bf4d3": { output: NO_CALLS, tools: LOST },
    "openai-v6-latest-0709f3": { input: JPEG },
    "parsed-refused-completion-caac6e": REFUSED_TEXT,
  },
};
