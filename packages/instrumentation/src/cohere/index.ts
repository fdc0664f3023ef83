import * as semconv from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter, Unpacked } from "../adapter.ts";
import { isObject, isRecord, record, text } from "../engine/read.ts";
import { streamed } from "../engine/streamed.ts";
import { chatInput, chatOutput, chatRequest, chatResponse, chatStream } from "./chat.ts";
import { chatV2Failure, chatV2Input, chatV2Output, chatV2Response } from "./chat-v2.ts";
import { chatV2Stream } from "./chat-v2-stream.ts";
import { classify } from "./classify.ts";
import { clientKey, clientKeys, isClient, optionsOf, resourceOf, versionOf } from "./client.ts";
import { embedRequest, embedResponse } from "./embed.ts";
import {
  generateFailure,
  generateInput,
  generateOutput,
  generateRequest,
  generateResponse,
  generateStream,
} from "./generate.ts";
import { samplingParameters } from "./parameters.ts";
import { rerank } from "./rerank.ts";

const chatV1: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/v1/chat",
  unpack,
  request: chatRequest,
  input: chatInput,
  response: chatResponse,
  output: chatOutput,
};

const chatV2: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/v2/chat",
  unpack,
  request: samplingParameters,
  input: chatV2Input,
  response: chatV2Response,
  output: chatV2Output,
  failure: chatV2Failure,
};

const generate: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  path: "/v1/generate",
  unpack,
  request: generateRequest,
  input: generateInput,
  response: generateResponse,
  output: generateOutput,
  failure: generateFailure,
};

const embed: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  path: "/v1/embed",
  unpack,
  request: embedRequest,
  response: embedResponse,
};

const chatStreamV1 = streamed(chatV1, chatStream);
const chatStreamV2 = streamed(chatV2, chatV2Stream);
const generateStreamed = streamed(generate, generateStream);
const classifyV1: MethodAdapter = { ...classify, path: "/v1/classify", unpack };
const rerankV1: MethodAdapter = { ...rerank, path: "/v1/rerank", unpack };

/** Methods of a `CohereClientV2` that was made before: its own, and the same functions elsewhere. */
const bound = (method: MethodAdapter): MethodAdapter => ({ ...method, isOptional: true });

/** https://github.com/cohere-ai/cohere-typescript: version 1 of the API, and version 2 on `client.v2` and `CohereClientV2`. */
export const cohere: ClientAdapter = {
  module: "cohere-ai",
  supportedVersions: [{ from: "7.21.0", to: "8" }],
  clientClasses: ["CohereClient", "CohereClientV2"],
  bundleMarkers: ["cohere-ai/"],
  entryFiles: { "Client.js": ["CohereClient"], "api/resources/v2/client/Client.js": ["V2Client"] },
  methods: {
    "V1.chat": chatV1,
    "V1.chatStream": chatStreamV1,
    "V1.generate": generate,
    "V1.generateStream": generateStreamed,
    "V1.embed": embed,
    "V1.rerank": rerankV1,
    "V1.classify": classifyV1,
    "V2.chat": chatV2,
    "V2.chatStream": chatStreamV2,
    "V2.embed": { ...embed, path: "/v2/embed" },
    "V2.rerank": { ...rerankV1, path: "/v2/rerank" },
    chat: bound({ ...chatV1, select: ([body]) => (hasMessages(body) ? chatV2 : chatV1) }),
    chatStream: bound({ ...chatStreamV1, select: ([body]) => (hasMessages(body) ? chatStreamV2 : chatStreamV1) }),
    generate: bound(generate),
    generateStream: bound(generateStreamed),
    embed: bound({ ...embed, path: "/v2/embed" }),
    rerank: bound({ ...rerankV1, path: "/v2/rerank" }),
  },
  untraced: {
    summarize: "the provider has withdrawn it",
    "v2.parse": "reads documents",
    "audio.transcriptions.create": "made by a client of its own",
    "embedJobs.create": "a job; the answers come later, in a file",
    "batches.create": "a job; the answers come later, in a file",
  },
  resource: resourceOf,
  lateProperties: ["clientV2"],
  client: clientKey,
  keys: clientKeys,
  isClient,
  baseUrl,
  provider: (client) =>
    "awsRegion" in optionsOf(client)
      ? semconv.GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK
      : semconv.GEN_AI_PROVIDER_NAME_VALUE_COHERE,
  version: versionOf,
  thrown: (error) => {
    const { statusCode } = record(error);
    return typeof statusCode === "number" ? { statusCode } : {};
  },
};

function hasMessages(body: unknown): boolean {
  return isRecord(body) && Array.isArray(body["messages"]);
}

/** Address and environment may be functions, which are asked for every request: then the server is not known. */
function baseUrl(client: object): string | undefined {
  const { baseUrl: address, environment, awsRegion } = optionsOf(client);
  const given = address ?? environment;
  if (awsRegion !== undefined) return undefined;
  return given === undefined || given === null ? "https://api.cohere.com" : text(given);
}

/** What is within the library's promise: the response with the HTTP answer beside it. */
function unpack(value: unknown): Unpacked {
  if (!isRecord(value) || !isRecord(value["rawResponse"])) return { response: value, stream: value };
  const { data, rawResponse } = value;
  const { status, url, headers } = rawResponse;
  const requestId =
    isObject(headers) && "get" in headers && headers instanceof Headers ? headers.get("x-request-id") : undefined;
  return { response: data, stream: data, http: { status, url, requestId } };
}
