/**
 * Datadog's tracer with LLM Observability, which sends its spans as OTLP: it has no spans that a processor of
 * OpenTelemetry could see, other than those that an application makes by the API.
 * Needs: dd-trace@6.21.0 openai@6.49.0 @anthropic-ai/sdk@0.137.0
 */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { run } from "./run.ts";

let received = [];
const collector = createServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    if (request.url === "/v1/traces") received.push(JSON.parse(Buffer.concat(pieces).toString("utf8")));
    response.setHeader("content-type", "application/json");
    response.end("{}");
  });
});
await new Promise((resolve) => collector.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${collector.address().port}`;
Object.assign(process.env, {
  OTEL_TRACES_EXPORTER: "otlp",
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces`,
  DD_TRACE_AGENT_URL: url,
  DD_LLMOBS_ENABLED: "1",
  DD_LLMOBS_ML_APP: "recorded",
  DD_INSTRUMENTATION_TELEMETRY_ENABLED: "false",
  DD_REMOTE_CONFIGURATION_ENABLED: "false",
});
const require = createRequire(import.meta.url);
const tracer = require("dd-trace").init({ flushInterval: 20, startupLogs: false });
for (const plugin of ["http", "fetch", "net", "dns"]) tracer.use(plugin, false);
const { OpenAI } = require("openai");
const { Anthropic } = require("@anthropic-ai/sdk");

async function call({ baseURL, api, body }) {
  const settings = { apiKey: "key", maxRetries: 0 };
  const openai = new OpenAI({ ...settings, baseURL });
  const anthropic = () => new Anthropic({ ...settings, baseURL: baseURL.replace(/\/v1$/, ""), openTelemetry: false });
  const resource = { responses: openai.responses, embeddings: openai.embeddings, messages: anthropic().messages }[api];
  const answer = await (resource ?? openai.chat.completions).create(body);
  if (body.stream === true) for await (const _ of answer);
}

const readValue = ({ stringValue, intValue, doubleValue, boolValue }) =>
  stringValue ?? doubleValue ?? boolValue ?? Number(intValue);
const attributesOf = (list = []) => Object.fromEntries(list.map(({ key, value }) => [key, readValue(value)]));
const timeOf = (nano) => [Math.trunc(Number(nano) / 1e9), Number(nano) % 1e9];

function printed(span, scope) {
  const { traceId, spanId, parentSpanId, name, status, events = [] } = span;
  return {
    traceId,
    spanId,
    parentSpanId,
    name,
    kind: Math.max(span.kind - 1, 0), // OTLP counts from "unspecified"
    startTime: timeOf(span.startTimeUnixNano),
    endTime: timeOf(span.endTimeUnixNano),
    status,
    attributes: attributesOf(span.attributes),
    events: events.map((event) => ({
      name: event.name,
      time: timeOf(event.timeUnixNano),
      attributes: attributesOf(event.attributes),
    })),
    scope: { name: scope.name, version: scope.version },
  };
}

await run(call, async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  const spans = received
    .flatMap(({ resourceSpans }) => resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ scope, spans: list }) => list.map((span) => printed(span, scope)));
  received = [];
  return spans.filter(({ attributes }) => "gen_ai.operation.name" in attributes);
});
