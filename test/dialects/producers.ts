import type { Producer } from "./play.ts";

const OPENAI: readonly string[] = ["chat.completions", "responses", "embeddings"];
/** The AI SDK is asked for the recordings of the chat endpoint. */
const CHAT: readonly string[] = ["chat.completions"];
const MESSAGES: readonly string[] = ["messages"];
const GOOGLE: readonly string[] = ["generateContent", "streamGenerateContent"];
const INVOKE: readonly string[] = ["invoke", "invoke-with-response-stream"];
const BEDROCK: readonly string[] = ["converse", "converse-stream", ...INVOKE];

/** Producers that tell of a stream once when it begins and once more when it has ended. */
const STREAMED_LAST: readonly string[] = ["chat", "embeddings"];

/** Calls whose span these producers leave open: a promise that was rejected. */
const NOT_ENDED: readonly string[] = ["openai-error-1-e9c672"];

interface Played extends Producer {
  readonly apis: readonly string[];
  readonly provider?: string;
  /** Of several spans the last of these operations is looked at; default: the first that is a call of a model. */
  readonly operations?: readonly string[];
  /** Ends of the ids of recordings that it makes no span of. */
  readonly silent?: readonly string[];
}

/** Every package, in the versions that `package.json` installs, and the surfaces that it traces. */
export const PRODUCERS: readonly Played[] = [
  { name: "OpenInference 4.2.7", file: "producers/openinference.ts", apis: OPENAI, silent: NOT_ENDED },
  {
    name: "OpenLLMetry 0.27.0",
    file: "producers/openllmetry.ts",
    apis: ["chat.completions", "responses"],
    silent: NOT_ENDED,
  },
  {
    name: "OpenLLMetry 0.22.5, flattened",
    file: "producers/openllmetry.ts",
    argument: "flattened",
    apis: CHAT,
  },
  { name: "Langfuse 5.11.1", file: "producers/langfuse.ts", apis: OPENAI },
  { name: "OpenLIT 1.15.0", file: "producers/openlit.ts", apis: OPENAI },
  {
    name: "LangSmith 0.12.0",
    file: "producers/langsmith.ts",
    apis: ["chat.completions", "responses"],
    // Its bridge loses the end of a stream, and has an error only later.
    silent: [
      "agent-run-stream-structured-with-tool-7153b3",
      "chat-completion-with-raw-response-streaming-6a7f58",
      "openai-streaming-chat-completions-with-conte-5bf4d3",
      "response-function-call-streamed-228cd5",
      "responses-streaming-with-content-eec118",
      "openai-error-1-e9c672",
    ],
  },
  { name: "Sentry 10.78.0", file: "producers/sentry-10.ts", apis: OPENAI },
  { name: "Sentry 11.12.0", file: "producers/sentry.ts", apis: [...OPENAI, ...MESSAGES] },
  { name: "OpenTelemetry contrib 0.22.0", file: "../dialects-api-1.10/contrib.ts", apis: OPENAI },
  { name: "@anthropic-ai/sdk 1.12.0", file: "producers/anthropic.ts", apis: MESSAGES },
  { name: "OpenInference 0.2.8 for Anthropic", file: "producers/openinference-anthropic.ts", apis: MESSAGES },
  { name: "OpenLLMetry 0.27.0 for Anthropic", file: "producers/openllmetry-anthropic.ts", apis: MESSAGES },
  {
    name: "OpenLLMetry 0.22.6 for Anthropic, flattened",
    file: "producers/openllmetry-anthropic.ts",
    argument: "flattened",
    apis: MESSAGES,
  },
  {
    name: "OpenInference 4.1.1 for LangChain",
    file: "producers/langchain.ts",
    argument: "openinference",
    apis: CHAT,
  },
  { name: "Langfuse 5.11.1 for LangChain", file: "producers/langchain.ts", argument: "langfuse", apis: CHAT },
  { name: "OpenLLMetry 0.27.0 for LangChain", file: "producers/langchain.ts", argument: "openllmetry", apis: CHAT },
  { name: "OpenInference 0.5.1 for Bedrock", file: "producers/bedrock.ts", argument: "openinference", apis: BEDROCK },
  { name: "OpenLLMetry 0.27.0 for Bedrock", file: "producers/bedrock.ts", argument: "openllmetry", apis: INVOKE },
  {
    name: "OpenLLMetry 0.27.0 for Google",
    file: "producers/openllmetry-google.ts",
    apis: GOOGLE,
  },
  { name: "@mistralai/mistralai 2.7.0", file: "producers/mistral.ts", apis: ["chat.completions"], provider: "mistral" },
  { name: "ai 4.3.19", file: "producers/ai.ts", argument: "4", apis: CHAT },
  { name: "ai 5.0.277", file: "producers/ai.ts", argument: "5", apis: CHAT },
  { name: "ai 6.0.326", file: "producers/ai.ts", argument: "6", apis: CHAT },
  { name: "ai 7.0.173", file: "producers/ai.ts", argument: "7", apis: CHAT },
  { name: "ai 7.0.173, LegacyOpenTelemetry", file: "producers/ai.ts", argument: "7-legacy", apis: CHAT },
  { name: "ai 7.0.173, OpenInference 3.2.1", file: "producers/ai.ts", argument: "7-openinference", apis: CHAT },
  { name: "Logfire 5.2.0", file: "testdata/logfire.json", apis: [...OPENAI, ...MESSAGES], operations: STREAMED_LAST },
  {
    name: "Logfire 5.2.0, format 1",
    file: "testdata/logfire-1.json",
    apis: [...OPENAI, ...MESSAGES],
    operations: STREAMED_LAST,
  },
  { name: "pydantic-ai 2.68.0, format 5", file: "testdata/pydantic-ai.json", apis: CHAT },
  { name: "pydantic-ai 2.68.0, format 2", file: "testdata/pydantic-ai-2.json", apis: CHAT },
  { name: "pydantic-ai 1.0.0, format 1", file: "testdata/pydantic-ai-1.json", apis: CHAT },
  { name: "dd-trace 6.21.0", file: "testdata/dd-trace.json", apis: [...OPENAI, ...MESSAGES] },
  { name: "Mastra 1.71.0", file: "testdata/mastra.json", apis: CHAT },
  { name: "Mastra 1.71.0, around the call", file: "testdata/mastra.json", apis: CHAT, operations: ["agent_step"] },
  { name: "Mastra 1.71.0, bridge 1.5.4", file: "testdata/mastra-bridge.json", apis: CHAT },
];

/**
 * Ends of the recordings' ids: counts of every kind, calls, a stream with history, an image, Responses, embeddings; then
 * streams with usage, with calls side by side, of Responses and of Mistral, a refusal, and errors.
 */
export const RECORDINGS: readonly string[] = [
  "mcp-server-tool-with-632613",
  "generateobject-with-agent-949531",
  "web-search-tool-witho-983330",
  "token-counts-24a998",
  "litellm-instrumentation-cacdb7",
  "agent-run-stream-structured-with-tool-7153b3",
  "openai-v6-latest-0709f3",
  "openai-responses-post-f5f637a6-77e6a9",
  "interleaved-reasoning-between-tool-f79eb8",
  "openai-embeddings-post-48694087-9e6123",
  "create-with-all-params-14b04c",
  "completion-stream-cache-write-f024f3",
  "history-is-accept-db1d6d",
  "tool-return-matrix-tool-return-co-7126d1",
  "effort-without-thinking-0b1e3f",
  "tool-chain-regression-f1ac48",
  "prefill-and-stop-sequences-d10135",
  "mistral-v2-latest-ccfc63",
  "chat-completions-post-c3afa786-4bc3e9",
  "chat-completion-with-raw-response-streaming-6a7f58",
  "openai-streaming-chat-completions-with-conte-5bf4d3",
  "parsed-refused-completion-caac6e",
  "response-function-call-streamed-228cd5",
  "responses-streaming-with-content-eec118",
  "openai-error-1-e9c672",
  "anthropic-completion-invalid-api-key-92e9b5",
  "anthropic-v0-latest-98d671",
  "synchronous-streaming-chat-completions-with-df5f47",
  "google-model-structured-output-1d950f",
  "google-model-web-fetch-tool-d62b03",
  "google-genai-v1-latest-2c6ae4",
  "google-adk-instrumentor-image-artifacts-ca0aa2",
  "google-model-stream-861b78",
  "google-model-iter-stream-fd2803",
  "handle-tool-response-processing-9d3704",
  "bedrock-cache-write-and-read-1cb1aa",
  "handle-streaming-tool-calls-and-responses-a34d13",
  "bedrock-model-iter-stream-4cca7f",
  "converse-stream-with-invalid-model-e90160",
  "handle-amazon-nova-models-d65871",
  "prompt-cache-9c33a2",
  "testinvokemodelwithstreamresponse-test-invok-11eaa5",
];
