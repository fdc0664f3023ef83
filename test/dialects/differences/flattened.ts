/** The last OpenLLMetry that spread messages over attributes. It traces no Responses API. */
import { type Differences, type DifferencesById, LOST, REFUSAL, STREAM } from "./reasons.ts";

const lost: Differences = { responseId: LOST };
const call: Differences = { ...lost, output: "the producer drops the ids of calls" };

export const FLATTENED: Readonly<Record<string, DifferencesById>> = {
  "OpenLLMetry 0.22.5, flattened": {
    "token-counts-24a998": { ...lost, cacheRead: LOST, reasoning: LOST },
    "litellm-instrumentation-cacdb7": call,
    "openai-streaming-chat-completions-with-conte-5bf4d3": call,
    "agent-run-stream-structured-with-tool-7153b3": {
      ...call,
      input: "the producer drops calls and the ids of their answers",
      inputTokens: STREAM,
      outputTokens: STREAM,
    },
    "openai-v6-latest-0709f3": lost,
    "chat-completion-with-raw-response-streaming-6a7f58": { ...lost, inputTokens: STREAM, outputTokens: STREAM },
    "parsed-refused-completion-caac6e": { ...lost, output: REFUSAL },
  },
};
