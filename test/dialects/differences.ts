/**
 * In which facts the spans of a producer differ from ours after normalising, and why. Nothing else may differ, and what
 * stands here must: a producer that gets better fails the test, and its line goes.
 */
import { ANTHROPIC } from "./differences/anthropic.ts";
import { BEDROCK } from "./differences/bedrock.ts";
import { DATADOG } from "./differences/datadog.ts";
import { FLATTENED } from "./differences/flattened.ts";
import { GOOGLE } from "./differences/google.ts";
import { LANGCHAIN } from "./differences/langchain.ts";
import { LOGFIRE } from "./differences/logfire.ts";
import { MASTRA } from "./differences/mastra.ts";
import {
  type Differences,
  type DifferencesById,
  ECHO,
  EVENTS,
  INSTRUCTIONS,
  JOINED,
  LOST,
  ONLY_CHAT,
  OVERWRITTEN,
  REFUSAL,
  REFUSED_TEXT,
  STREAM,
  TEXT_ALONE,
} from "./differences/reasons.ts";

const langfuseResponse: Differences = {
  requestModel: OVERWRITTEN,
  responseModel: OVERWRITTEN,
  responseId: LOST,
};
const langfuse: Differences = { ...langfuseResponse, finishReasons: LOST };
const langfuseText: Differences = {
  ...langfuse,
  output: TEXT_ALONE,
  tools: ECHO,
};

const responsesStream: Differences = {
  responseModel: STREAM,
  responseId: STREAM,
  finishReasons: STREAM,
  output: STREAM,
  inputTokens: STREAM,
  outputTokens: STREAM,
};

/** By producer, then by the end of the recording's id. */
export const DIFFERENCES: Readonly<Record<string, DifferencesById>> = {
  ...ANTHROPIC,
  ...BEDROCK,
  ...DATADOG,
  ...FLATTENED,
  ...GOOGLE,
  ...LANGCHAIN,
  ...LOGFIRE,
  ...MASTRA,
  "OpenInference 4.2.7": {
    "chat-completion-with-raw-response-streaming-6a7f58": {
      responseModel: STREAM,
      responseId: STREAM,
      inputTokens: STREAM,
      outputTokens: STREAM,
    },
    "openai-streaming-chat-completions-with-conte-5bf4d3": {
      responseModel: STREAM,
      responseId: STREAM,
      output: JOINED,
    },
    "agent-run-stream-structured-with-tool-7153b3": {
      responseModel: STREAM,
      responseId: STREAM,
      inputTokens: STREAM,
      outputTokens: STREAM,
    },
    "openai-embeddings-post-48694087-9e6123": { responseModel: LOST, inputTokens: LOST },
  },
  "OpenLLMetry 0.27.0": {
    "chat-completion-with-raw-response-streaming-6a7f58": { inputTokens: STREAM, outputTokens: STREAM },
    "response-function-call-streamed-228cd5": { ...responsesStream, tools: LOST },
    "responses-streaming-with-content-eec118": responsesStream,
    "agent-run-stream-structured-with-tool-7153b3": { inputTokens: STREAM, outputTokens: STREAM },
    "mcp-server-tool-with-632613": { input: INSTRUCTIONS, output: TEXT_ALONE, tools: LOST, reasoning: LOST },
    "web-search-tool-witho-983330": { output: TEXT_ALONE, tools: LOST, cacheWrite: LOST, reasoning: LOST },
    "token-counts-24a998": { cacheRead: LOST, reasoning: LOST },
    "openai-responses-post-f5f637a6-77e6a9": { finishReasons: ONLY_CHAT, output: ONLY_CHAT, tools: LOST },
    "interleaved-reasoning-between-tool-f79eb8": {
      finishReasons: ONLY_CHAT,
      output: ONLY_CHAT,
      tools: LOST,
      reasoning: LOST,
    },
  },
  "Langfuse 5.11.1": {
    "chat-completion-with-raw-response-streaming-6a7f58": {
      responseModel: STREAM,
      responseId: LOST,
      finishReasons: LOST,
    },
    "openai-streaming-chat-completions-with-conte-5bf4d3": {
      responseModel: STREAM,
      responseId: LOST,
      finishReasons: LOST,
      output: JOINED,
    },
    "parsed-refused-completion-caac6e": langfuse,
    "response-function-call-streamed-228cd5": langfuseResponse,
    "responses-streaming-with-content-eec118": langfuseResponse,
    "generateobject-with-agent-949531": langfuseResponse,
    "mcp-server-tool-with-632613": langfuseText,
    "web-search-tool-witho-983330": langfuseText,
    "agent-run-stream-structured-with-tool-7153b3": {
      responseModel: STREAM,
      responseId: LOST,
      finishReasons: LOST,
      output: "the producer drops the id of a call that was streamed",
    },
    "litellm-instrumentation-cacdb7": langfuse,
    "openai-v6-latest-0709f3": { responseModel: OVERWRITTEN, responseId: LOST, finishReasons: LOST },
    "token-counts-24a998": langfuse,
    "openai-embeddings-post-48694087-9e6123": {
      requestModel: OVERWRITTEN,
      responseModel: OVERWRITTEN,
      inputTokens: LOST,
    },
    "openai-responses-post-f5f637a6-77e6a9": { ...langfuseResponse, tools: ECHO },
    "interleaved-reasoning-between-tool-f79eb8": { ...langfuseResponse, tools: ECHO },
  },
  "OpenLIT 1.15.0": {
    "openai-streaming-chat-completions-with-conte-5bf4d3": {
      tools: STREAM,
      inputTokens: "the producer makes up 0 where a stream has no usage",
      outputTokens: "as the input",
    },
    "parsed-refused-completion-caac6e": { output: REFUSAL },
    "openai-error-1-e9c672": { input: "the producer records no content of a call that failed" },
    "generateobject-with-agent-949531": { input: ONLY_CHAT },
    "mcp-server-tool-with-632613": { output: TEXT_ALONE, tools: LOST },
    "web-search-tool-witho-983330": { output: TEXT_ALONE, tools: LOST },
    "response-function-call-streamed-228cd5": { finishReasons: ONLY_CHAT, output: ONLY_CHAT },
    "agent-run-stream-structured-with-tool-7153b3": {
      input: "the producer drops the id of a tool's answer",
      tools: STREAM,
    },
    "openai-v6-latest-0709f3": { input: "the producer drops images that are given as data" },
    "token-counts-24a998": { reasoning: LOST },
    "openai-embeddings-post-48694087-9e6123": {
      responseModel: LOST,
      input: "the producer records what was embedded as a message",
    },
    "openai-responses-post-f5f637a6-77e6a9": { finishReasons: ONLY_CHAT, input: ONLY_CHAT, output: ONLY_CHAT },
    "interleaved-reasoning-between-tool-f79eb8": { finishReasons: ONLY_CHAT, input: ONLY_CHAT, output: ONLY_CHAT },
  },
  "LangSmith 0.12.0": { "web-search-tool-witho-983330": { cacheWrite: LOST } },
  "Sentry 10.78.0": {
    "mcp-server-tool-with-632613": { input: INSTRUCTIONS, output: TEXT_ALONE, reasoning: LOST },
    "web-search-tool-witho-983330": { output: TEXT_ALONE, reasoning: LOST },
    "parsed-refused-completion-caac6e": { output: REFUSAL },
    "token-counts-24a998": { reasoning: LOST },
    "interleaved-reasoning-between-tool-f79eb8": { reasoning: LOST },
  },
  "Sentry 11.12.0": {
    "mcp-server-tool-with-632613": { input: INSTRUCTIONS, output: TEXT_ALONE },
    "web-search-tool-witho-983330": { output: TEXT_ALONE },
    "parsed-refused-completion-caac6e": { output: REFUSAL },
    "create-with-all-params-14b04c": { finishReasons: LOST },
    "anthropic-v0-latest-98d671": { finishReasons: LOST },
    "history-is-accept-db1d6d": { finishReasons: LOST, output: TEXT_ALONE },
    "tool-return-matrix-tool-return-co-7126d1": { finishReasons: LOST },
  },
  "OpenTelemetry contrib 0.22.0": {
    "chat-completion-with-raw-response-streaming-6a7f58": { input: EVENTS, output: EVENTS },
    "openai-streaming-chat-completions-with-conte-5bf4d3": { input: EVENTS, output: EVENTS, tools: LOST },
    "parsed-refused-completion-caac6e": { input: EVENTS, output: EVENTS },
    "openai-error-1-e9c672": { input: EVENTS },
    "response-function-call-streamed-228cd5": { input: EVENTS, output: EVENTS, tools: LOST },
    "responses-streaming-with-content-eec118": { input: EVENTS, output: EVENTS },
    "agent-run-stream-structured-with-tool-7153b3": { input: EVENTS, output: EVENTS, tools: LOST },
    "generateobject-with-agent-949531": { input: EVENTS, output: EVENTS },
    "mcp-server-tool-with-632613": { input: EVENTS, output: EVENTS, tools: LOST, reasoning: LOST },
    "web-search-tool-witho-983330": {
      input: EVENTS,
      output: EVENTS,
      tools: LOST,
      cacheWrite: LOST,
      reasoning: LOST,
    },
    "litellm-instrumentation-cacdb7": { input: EVENTS, output: EVENTS, tools: LOST },
    "openai-v6-latest-0709f3": { input: EVENTS, output: EVENTS },
    "token-counts-24a998": { input: EVENTS, output: EVENTS, cacheRead: LOST, reasoning: LOST },
    "openai-responses-post-f5f637a6-77e6a9": { input: EVENTS, output: EVENTS, tools: LOST },
    "interleaved-reasoning-between-tool-f79eb8": {
      input: EVENTS,
      output: EVENTS,
      tools: LOST,
      reasoning: LOST,
    },
  },
  "ai 4.3.19": { "parsed-refused-completion-caac6e": { output: REFUSAL } },
  "ai 5.0.277": {
    "parsed-refused-completion-caac6e": { output: REFUSAL },
    "token-counts-24a998": { cacheRead: LOST, reasoning: LOST },
  },
  "ai 6.0.326": { "parsed-refused-completion-caac6e": REFUSED_TEXT },
  "ai 7.0.173": {
    "parsed-refused-completion-caac6e": REFUSED_TEXT,
    "token-counts-24a998": { reasoning: "the producer records it on the step, not on the call" },
  },
  "ai 7.0.173, LegacyOpenTelemetry": { "parsed-refused-completion-caac6e": REFUSED_TEXT },
  "ai 7.0.173, OpenInference 3.2.1": { "parsed-refused-completion-caac6e": REFUSED_TEXT },
};
