/** Datadog's tracer, by the spans that it sends as OTLP. */
import { type Differences, type DifferencesById, LOST } from "./reasons.ts";

const APART = "the producer sends content to Datadog alone, apart from the span";

const openai: Differences = { finishReasons: LOST, input: APART, output: APART };
const tools: Differences = { ...openai, tools: APART };
const anthropic: Differences = { ...openai, responseId: LOST, responseModel: LOST };

export const DATADOG: Readonly<Record<string, DifferencesById>> = {
  "dd-trace 6.21.0": {
    "mcp-server-tool-with-632613": tools,
    "generateobject-with-agent-949531": openai,
    "web-search-tool-witho-983330": { ...tools, cacheWrite: LOST },
    "token-counts-24a998": openai,
    "litellm-instrumentation-cacdb7": tools,
    "agent-run-stream-structured-with-tool-7153b3": tools,
    "openai-v6-latest-0709f3": openai,
    "openai-responses-post-f5f637a6-77e6a9": tools,
    "interleaved-reasoning-between-tool-f79eb8": tools,
    "openai-embeddings-post-48694087-9e6123": { outputTokens: "the producer makes up 0" },
    "chat-completion-with-raw-response-streaming-6a7f58": openai,
    "openai-streaming-chat-completions-with-conte-5bf4d3": tools,
    "parsed-refused-completion-caac6e": openai,
    "response-function-call-streamed-228cd5": tools,
    "responses-streaming-with-content-eec118": openai,
    "openai-error-1-e9c672": { input: APART },
    "create-with-all-params-14b04c": anthropic,
    "completion-stream-cache-write-f024f3": anthropic,
    "prefill-and-stop-sequences-d10135": anthropic,
    "effort-without-thinking-0b1e3f": anthropic,
    "history-is-accept-db1d6d": { ...anthropic, tools: APART },
    "tool-return-matrix-tool-return-co-7126d1": { ...anthropic, tools: APART },
    "tool-chain-regression-f1ac48": { ...anthropic, tools: APART },
    "anthropic-v0-latest-98d671": { ...anthropic, tools: APART },
    "anthropic-completion-invalid-api-key-92e9b5": { input: APART },
  },
};
