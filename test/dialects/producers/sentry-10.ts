import {
  createStackParser,
  createTransport,
  instrumentOpenAiClient,
  ServerRuntimeClient,
  type SpanJSON,
  setCurrentClient,
  spanToJSON,
} from "@sentry/core-10";
import OpenAI from "openai";
import { callOpenAI } from "./openai-call.ts";
import { run } from "./run.ts";
import { printedSentry } from "./sentry-span.ts";

/** As `sentry.ts`, before version 11: Sentry's own spans, without its Node SDK: the same code writes their attributes, and they go nowhere. */
const spans: SpanJSON[] = [];
const client = new ServerRuntimeClient({
  dsn: "http://key@127.0.0.1:9/1",
  integrations: [],
  stackParser: createStackParser(),
  transport: (options) => createTransport(options, () => Promise.resolve({ statusCode: 200 })),
  tracesSampleRate: 1,
});
setCurrentClient(client);
client.init();
client.on("spanEnd", (span) => spans.push(spanToJSON(span)));

await run(
  (play) => {
    const openai = new OpenAI({ apiKey: "key", baseURL: play.baseURL, maxRetries: 0 });
    const traced = instrumentOpenAiClient(openai, {
      recordInputs: true,
      recordOutputs: true,
      enableTruncation: false,
    });
    return callOpenAI(traced as never, play);
  },
  () =>
    Promise.resolve(
      spans
        .splice(0)
        .map(({ description, start_timestamp: start, timestamp, data, ...rest }) =>
          printedSentry({ ...rest, name: description, start, end: timestamp, attributes: data }),
        ),
    ),
);
