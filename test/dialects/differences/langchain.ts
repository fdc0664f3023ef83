/** Instrumentations of LangChain. */
import { type Differences, type DifferencesById, LOST, REFUSAL } from "./reasons.ts";

const ASKED = "the producer records the model that was asked for as the one that answered";
const langfuse: Differences = { responseId: LOST, finishReasons: LOST };
const openllmetry: Differences = { responseId: LOST, responseModel: ASKED };
const openllmetryCall: Differences = { ...openllmetry, output: "the producer drops calls", tools: LOST };

export const LANGCHAIN: Readonly<Record<string, DifferencesById>> = {
  "OpenInference 4.1.1 for LangChain": { "parsed-refused-completion-caac6e": { output: REFUSAL } },
  "Langfuse 5.11.1 for LangChain": {
    "token-counts-24a998": langfuse,
    "litellm-instrumentation-cacdb7": langfuse,
    "openai-streaming-chat-completions-with-conte-5bf4d3": langfuse,
    "agent-run-stream-structured-with-tool-7153b3": {
      ...langfuse,
      input: "the producer drops that an answer is one, and its id",
    },
    "openai-v6-latest-0709f3": langfuse,
    "chat-completion-with-raw-response-streaming-6a7f58": langfuse,
    "parsed-refused-completion-caac6e": { ...langfuse, output: REFUSAL },
  },
  "OpenLLMetry 0.27.0 for LangChain": {
    "token-counts-24a998": { ...openllmetry, cacheRead: LOST, reasoning: LOST },
    "litellm-instrumentation-cacdb7": openllmetryCall,
    "openai-streaming-chat-completions-with-conte-5bf4d3": openllmetryCall,
    "agent-run-stream-structured-with-tool-7153b3": {
      ...openllmetryCall,
      input: "the producer drops calls and the ids of their answers",
    },
    "openai-v6-latest-0709f3": { responseId: LOST },
    "chat-completion-with-raw-response-streaming-6a7f58": openllmetry,
    "parsed-refused-completion-caac6e": { ...openllmetry, output: REFUSAL },
  },
};
