/** Instrumentations of Amazon Bedrock's runtime. */
import { type DifferencesById, LOST, STREAM } from "./reasons.ts";

const NAME = "the producer cuts off who made the model";
const CALLS = "the producer drops what a tool is called with in a stream of Anthropic's";
const ASKED = "the producer records the model that was asked for as the one that answered";

export const BEDROCK: Readonly<Record<string, DifferencesById>> = {
  "OpenInference 0.5.1 for Bedrock": {
    "bedrock-cache-write-and-read-1cb1aa": { input: "the producer drops documents" },
    "handle-amazon-nova-models-d65871": { requestModel: NAME },
    "prompt-cache-9c33a2": { requestModel: NAME },
    "testinvokemodelwithstreamresponse-test-invok-11eaa5": {
      requestModel: NAME,
      responseModel: STREAM,
      responseId: STREAM,
      output: CALLS,
    },
  },
  "OpenLLMetry 0.27.0 for Bedrock": {
    "handle-amazon-nova-models-d65871": { requestModel: NAME, responseModel: ASKED, tools: LOST },
    "prompt-cache-9c33a2": {
      requestModel: NAME,
      responseModel: ASKED,
      responseId: LOST,
      inputTokens: LOST,
      cacheWrite: LOST,
    },
    "testinvokemodelwithstreamresponse-test-invok-11eaa5": {
      requestModel: NAME,
      responseModel: ASKED,
      responseId: LOST,
      output: STREAM,
      tools: LOST,
      outputTokens: "the producer adds up the counts of the last event alone",
    },
  },
};
