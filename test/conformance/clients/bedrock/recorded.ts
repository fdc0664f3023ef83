/** How recordings of Amazon Bedrock's runtime are asked again. */
import { setImmediate } from "node:timers/promises";
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Cassette } from "../../../support/cassettes.ts";
import type { RecordedClient, Surface } from "../../recordings/recorded-client.ts";
import { recordedRoute, replayPath } from "../../recordings/replay-fetch.ts";
import { isObject, requestFields, responseObjects } from "../../recordings/response-objects.ts";
import { expectedSpan } from "./expected.ts";
import { invokeChunks, withBytes } from "./wire.ts";

const modelIdOf = (cassette: Cassette): string => decodeURIComponent(recordedRoute(cassette).split("/")[2] ?? "");

/** The library tells its endpoint asynchronously: an application has done other things between `new` and its first call. */
async function converseRequest(cassette: Cassette): Promise<unknown> {
  await setImmediate();
  return withBytes({ modelId: modelIdOf(cassette), ...requestFields(cassette) }, (bytes) => bytes);
}

async function invokeRequest(cassette: Cassette): Promise<unknown> {
  await setImmediate();
  return {
    modelId: modelIdOf(cassette),
    contentType: "application/json",
    body: new TextEncoder().encode(JSON.stringify(cassette.request.body)),
  };
}

const named = (): string => "[Uint8Array]";
const rawConverse = (cassette: Cassette): unknown =>
  withBytes({ modelId: modelIdOf(cassette), ...requestFields(cassette) }, named);
const rawInvoke = (cassette: Cassette): unknown => ({
  modelId: modelIdOf(cassette),
  contentType: "application/json",
  body: cassette.request.body,
});

/** What the client makes of an event: without padding and without fields that it does not know. */
function knownFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(knownFields);
  if (!isObject(value)) return value;
  const known = Object.entries(value).filter(([name]) => !/^(p|serverToolUsage|cache\w+TokenCount)$/.test(name));
  return Object.fromEntries(known.map(([name, inner]) => [name, knownFields(inner)]));
}

const surfaces: Readonly<Record<string, Surface<BedrockRuntimeClient>>> = {
  converse: {
    path: "/converse",
    request: converseRequest,
    rawRequest: rawConverse,
    call: (client, request) => client.send(new ConverseCommand(request)),
    stream: () => undefined,
  },
  "converse-stream": {
    path: "/converse-stream",
    request: converseRequest,
    rawRequest: rawConverse,
    rawChunks: (cassette) => responseObjects(cassette).map((event) => withBytes(knownFields(event), named)),
    call: (client, request) => client.send(new ConverseStreamCommand(request)),
    stream: (value) => (value as { readonly stream?: AsyncIterable<unknown> }).stream, // of the command above
  },
  invoke: {
    path: "/invoke",
    request: invokeRequest,
    rawRequest: rawInvoke,
    rawResponse: (cassette) => ({ body: cassette.response.body }),
    call: (client, request) => client.send(new InvokeModelCommand(request)),
    stream: () => undefined,
  },
  "invoke-with-response-stream": {
    path: "/invoke-with-response-stream",
    request: invokeRequest,
    rawRequest: rawInvoke,
    rawChunks: invokeChunks,
    call: (client, request) => client.send(new InvokeModelWithResponseStreamCommand(request)),
    stream: (value) => (value as { readonly body?: AsyncIterable<unknown> }).body, // of the command above
  },
};

export const bedrock: RecordedClient<BedrockRuntimeClient> = {
  module: "@aws-sdk/client-bedrock-runtime",
  providers: ["aws-bedrock"],
  surfaces,
  untraced: { "count-tokens": "counts tokens and calls no model" },
  contentFields: ["completion", "generation", "inputText", "outputText", "system", "thinking"],
  server: "replay",
  create: (cassette, replayUrl) =>
    new BedrockRuntimeClient({
      region: "us-east-1",
      endpoint: `${replayUrl}${replayPath(cassette)}`,
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler(),
    }),
  expected: expectedSpan,
};
