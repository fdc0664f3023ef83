/** Instrumentations of Google's client. */
import type { Differences, DifferencesById } from "./reasons.ts";

const any: Differences = { provider: "the producer does not say which of Google's endpoints it was" };
const ANSWER = "the producer writes the answer of a tool as JSON text, without the tool's name";

export const GOOGLE: Readonly<Record<string, DifferencesById>> = {
  "OpenLLMetry 0.27.0 for Google": {
    "google-model-stream-861b78": any,
    "google-model-iter-stream-fd2803": any,
    "google-model-structured-output-1d950f": {
      ...any,
      tools: "the recorded request spells a schema as the client's types do not, and we read the client's",
    },
    "google-genai-v1-latest-2c6ae4": {
      ...any,
      finishReasons: "the producer takes every reason that it does not know for an error",
      output: "the producer records no answer without content",
    },
    "google-model-web-fetch-tool-d62b03": { ...any, output: "the producer drops what an answer was grounded on" },
    "google-adk-instrumentor-image-artifacts-ca0aa2": { ...any, input: ANSWER },
  },
};
