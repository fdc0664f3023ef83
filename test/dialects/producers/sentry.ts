import {
  createStackParser,
  createTransport,
  instrumentOpenAiClient,
  ServerRuntimeClient,
  type SpanJSON,
  setCurrentClient,
  spanToJSON,
} from "@sentry/core";
import OpenAI from "openai";
import { callOpenAI } from "./openai-call.ts";
import { type PrintedSpan, run } from "./run.ts";

/** Sentry's own spans, without its Node SDK: the same code writes their attributes, and they go nowhere. */
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

function printed(span: SpanJSON): PrintedSpan {
  const time = (seconds = 0): readonly [number, number] => [Math.trunc(seconds), Math.round((seconds % 1) * 1e9)];
  const isFailed = span.status !== undefined && span.status !== "ok";
  return {
    traceId: span.trace_id,
    spanId: span.span_id,
    parentSpanId: span.parent_span_id,
    name: span.description ?? "",
    kind: 0,
    startTime: time(span.start_timestamp),
    endTime: time(span.timestamp),
    status: isFailed ? { code: 2, message: String(span.status) } : { code: 0 },
    attributes: span.data,
    events: [],
    scope: { name: "@sentry/node" },
  };
}

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
  () => Promise.resolve(spans.splice(0).map(printed)),
);
