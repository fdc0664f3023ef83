/** Logfire's own spans of clients, and pydantic-ai. */
import { type Differences, type DifferencesById, LOST, REFUSAL, STREAM, TEXT_ALONE } from "./reasons.ts";

const ASKED = "the producer fills in the model that was asked for";
const NAMES_TOOL = "the producer names the tool of an answer once more";
const REWRITTEN = "the library itself rewrites the schemas before it sends them";

const stream: Differences = { responseModel: ASKED, responseId: STREAM };
const anthropicStream: Differences = { responseId: STREAM };
const response: Differences = { finishReasons: LOST };

const LOGFIRE_2: DifferencesById = {
  "anthropic-completion-invalid-api-key-92e9b5": { responseModel: ASKED },
  "completion-stream-cache-write-f024f3": anthropicStream,
  "tool-chain-regression-f1ac48": anthropicStream,
  "history-is-accept-db1d6d": { output: "the producer drops citations, and the encrypted parts of results" },
  "prefill-and-stop-sequences-d10135": anthropicStream,
  "effort-without-thinking-0b1e3f": anthropicStream,
  "agent-run-stream-structured-with-tool-7153b3": stream,
  "chat-completion-with-raw-response-streaming-6a7f58": stream,
  "openai-streaming-chat-completions-with-conte-5bf4d3": stream,
  "parsed-refused-completion-caac6e": { output: REFUSAL },
  "openai-error-1-e9c672": { responseModel: ASKED },
  "mcp-server-tool-with-632613": { ...response, output: TEXT_ALONE },
  "web-search-tool-witho-983330": { ...response, output: TEXT_ALONE },
  "openai-responses-post-f5f637a6-77e6a9": response,
  "response-function-call-streamed-228cd5": { ...stream, ...response },
  "interleaved-reasoning-between-tool-f79eb8": response,
  "responses-streaming-with-content-eec118": { ...stream, ...response },
  "generateobject-with-agent-949531": response,
};

const stream1: Differences = { ...stream, finishReasons: STREAM };
const anthropicStream1: Differences = { responseId: STREAM, finishReasons: STREAM };

/** Format 1 has the bodies of chat completions whole. */
const LOGFIRE_1: DifferencesById = {
  ...LOGFIRE_2,
  "completion-stream-cache-write-f024f3": anthropicStream1,
  "tool-chain-regression-f1ac48": { ...anthropicStream1, output: STREAM },
  "history-is-accept-db1d6d": { output: "the producer records the last text alone" },
  "prefill-and-stop-sequences-d10135": anthropicStream1,
  "effort-without-thinking-0b1e3f": anthropicStream1,
  "agent-run-stream-structured-with-tool-7153b3": stream1,
  "chat-completion-with-raw-response-streaming-6a7f58": stream1,
  "openai-streaming-chat-completions-with-conte-5bf4d3": stream1,
  "openai-embeddings-post-48694087-9e6123": { input: "the producer records what was embedded" },
  "parsed-refused-completion-caac6e": {},
  "mcp-server-tool-with-632613": response,
  "web-search-tool-witho-983330": { ...response, output: "the producer writes what is not there as null" },
  "interleaved-reasoning-between-tool-f79eb8": { ...response, input: NAMES_TOOL },
};

const PYDANTIC: DifferencesById = {
  "agent-run-stream-structured-with-tool-7153b3": { tools: REWRITTEN },
  "litellm-instrumentation-cacdb7": { tools: REWRITTEN },
  "parsed-refused-completion-caac6e": {
    finishReasons: "the library takes a refusal for filtered content",
    output: REFUSAL,
  },
};

const pydantic1: Differences = { responseId: LOST, finishReasons: LOST };

export const LOGFIRE: Readonly<Record<string, DifferencesById>> = {
  "Logfire 5.2.0": LOGFIRE_2,
  "Logfire 5.2.0, format 1": LOGFIRE_1,
  "pydantic-ai 2.68.0, format 5": PYDANTIC,
  "pydantic-ai 2.68.0, format 2": PYDANTIC,
  "pydantic-ai 1.0.0, format 1": {
    "agent-run-stream-structured-with-tool-7153b3": { ...pydantic1, responseModel: ASKED, input: NAMES_TOOL },
    "chat-completion-with-raw-response-streaming-6a7f58": { ...pydantic1, responseModel: ASKED },
    "litellm-instrumentation-cacdb7": { ...pydantic1, tools: REWRITTEN },
    "openai-streaming-chat-completions-with-conte-5bf4d3": { ...pydantic1, responseModel: ASKED },
    "openai-v6-latest-0709f3": pydantic1,
    "parsed-refused-completion-caac6e": { ...pydantic1, output: REFUSAL },
    "token-counts-24a998": { ...pydantic1, cacheRead: LOST },
  },
};
