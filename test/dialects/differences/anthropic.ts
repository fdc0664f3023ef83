/** Instrumentations of Anthropic's client, and the client's own spans. */
import { type Differences, type DifferencesById, LOST, STREAM } from "./reasons.ts";

/** OpenLLMetry records no tools and no id of a response. */
const traceloop: Differences = { responseId: LOST, tools: LOST };
const traceloopStream: Differences = { responseId: LOST, finishReasons: STREAM };

export const ANTHROPIC: Readonly<Record<string, DifferencesById>> = {
  "@anthropic-ai/sdk 1.12.0": {
    "anthropic-v0-latest-98d671": { tools: LOST },
    "completion-stream-cache-write-f024f3": { output: STREAM },
    "tool-chain-regression-f1ac48": { output: STREAM, tools: LOST },
    "prefill-and-stop-sequences-d10135": { output: STREAM },
    "effort-without-thinking-0b1e3f": { output: STREAM },
    "history-is-accept-db1d6d": {
      input: "the producer leaves out what kind of result a tool of the provider's gave",
      output: "as the input, and without the encrypted parts of the results",
      tools: LOST,
    },
    "tool-return-matrix-tool-return-co-7126d1": { input: "the producer drops images", tools: LOST },
  },
  "OpenInference 0.2.8 for Anthropic": {
    "completion-stream-cache-write-f024f3": { responseId: STREAM },
    "tool-chain-regression-f1ac48": { responseId: STREAM },
    "prefill-and-stop-sequences-d10135": { responseId: STREAM },
    "effort-without-thinking-0b1e3f": { responseId: STREAM },
  },
  "OpenLLMetry 0.27.0 for Anthropic": {
    "create-with-all-params-14b04c": { responseId: LOST },
    "anthropic-v0-latest-98d671": traceloop,
    "completion-stream-cache-write-f024f3": traceloopStream,
    "tool-chain-regression-f1ac48": { ...traceloopStream, tools: LOST },
    "prefill-and-stop-sequences-d10135": traceloopStream,
    "effort-without-thinking-0b1e3f": traceloopStream,
    "history-is-accept-db1d6d": {
      ...traceloop,
      input: "the producer spreads what a tool of the provider's was given",
      output: "the producer drops citations",
    },
    "tool-return-matrix-tool-return-co-7126d1": traceloop,
  },
  "OpenLLMetry 0.22.6 for Anthropic, flattened": {
    "create-with-all-params-14b04c": { responseId: LOST },
    "anthropic-v0-latest-98d671": traceloop,
    "completion-stream-cache-write-f024f3": { ...traceloopStream, inputTokens: "without the cache", cacheWrite: LOST },
    "tool-chain-regression-f1ac48": { ...traceloopStream, tools: LOST },
    "prefill-and-stop-sequences-d10135": traceloopStream,
    "effort-without-thinking-0b1e3f": traceloopStream,
    "history-is-accept-db1d6d": traceloop,
    "tool-return-matrix-tool-return-co-7126d1": traceloop,
  },
};
