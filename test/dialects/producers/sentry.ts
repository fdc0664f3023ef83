import Anthropic from "@anthropic-ai/sdk";
import { createStackParser, createTransport, setCurrentClient, spanToJSON } from "@sentry/core";
import { ServerRuntimeClient } from "@sentry/core/server";
import { instrumentAnthropicAiClient, instrumentOpenAiClient } from "@sentry/server-utils";
import OpenAI from "openai";
import { anthropicOptions, callAnthropic } from "./anthropic-call.ts";
import { callOpenAI } from "./openai-call.ts";
import { type PrintedSpan, run } from "./run.ts";
import { printedSentry } from "./sentry-span.ts";

/** Sentry's own spans, without its Node SDK: the same code writes their attributes, and they go nowhere. */
const spans: PrintedSpan[] = [];
const client = new ServerRuntimeClient({
  dsn: "http://key@127.0.0.1:9/1",
  integrations: [],
  stackParser: createStackParser(),
  transport: (options) => createTransport(options, () => Promise.resolve({ statusCode: 200 })),
  tracesSampleRate: 1,
});
setCurrentClient(client);
client.init();
client.on("spanEnd", (span) => {
  const { start_timestamp: start, end_timestamp: end, ...rest } = spanToJSON(span);
  spans.push(printedSentry({ ...rest, start, end }));
});

const recording = { recordInputs: true, recordOutputs: true };

await run(
  (play) => {
    if (play.api === "messages") {
      return callAnthropic(instrumentAnthropicAiClient(new Anthropic(anthropicOptions(play)), recording), play);
    }
    const openai = new OpenAI({ apiKey: "key", baseURL: play.baseURL, maxRetries: 0 });
    return callOpenAI(instrumentOpenAiClient(openai, recording), play);
  },
  () => Promise.resolve(spans.splice(0)),
);
