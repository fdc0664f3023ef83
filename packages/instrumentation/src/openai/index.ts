import { GEN_AI_OPERATION_NAME_VALUE_CHAT, GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI } from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter } from "../adapter.ts";
import { isObject } from "../engine/read.ts";
import { generateSpeech, transcribeAudio, translateAudio } from "./audio.ts";
import { chatInput, chatRequest } from "./chat-request.ts";
import { chatOutput, chatResponse } from "./chat-response.ts";
import { chatStream } from "./chat-stream.ts";
import { completions } from "./completions.ts";
import { embeddings } from "./embeddings.ts";
import { editImage, generateImage, varyImage } from "./images.ts";
import { moderateContent } from "./moderations.ts";
import { providerOfHost } from "./provider.ts";
import { responsesInput, responsesRequest } from "./responses-request.ts";
import { responsesFailure, responsesOutput, responsesResponse } from "./responses-response.ts";
import { responsesStream } from "./responses-stream.ts";

const chat: MethodAdapter = {
  operation: GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/chat/completions",
  request: chatRequest,
  input: chatInput,
  response: chatResponse,
  output: chatOutput,
  stream: chatStream,
};

const responses: MethodAdapter = {
  operation: GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/responses",
  request: responsesRequest,
  input: responsesInput,
  response: responsesResponse,
  output: responsesOutput,
  failure: responsesFailure,
  stream: responsesStream,
};

/** https://github.com/openai/openai-node. `parse`, `stream`, `runTools` and `beta.chat` call `create`: one span a model call. */
export const openai: ClientAdapter = {
  module: "openai",
  supportedVersions: [{ from: "4.104.0", to: "7" }],
  clientClasses: ["OpenAI"],
  // openai 4 defines the client in `index`, later versions in `client`.
  entryFiles: { "client.mjs": ["OpenAI"], "client.js": ["OpenAI"], "index.mjs": ["OpenAI"], "index.js": ["OpenAI"] },
  methods: {
    "Chat.Completions.create": chat,
    "Responses.create": responses,
    // openai 6 and 7: posts by itself, with the same bodies.
    "Beta.Responses.create": { ...responses, isOptional: true },
    "Completions.create": completions,
    "Embeddings.create": embeddings,
    "Images.generate": generateImage,
    "Images.edit": editImage,
    "Images.createVariation": varyImage,
    "Audio.Speech.create": generateSpeech,
    "Audio.Transcriptions.create": transcribeAudio,
    "Audio.Translations.create": translateAudio,
    "Moderations.create": moderateContent,
  },
  client: (resource) => objectOf((resource as Fields)["_client"]),
  // Other clients of the same generator have `post` too, but not this error class among their statics.
  isClient: (value) =>
    typeof fields(value)["post"] === "function" && "OpenAIError" in fields(fields(value)["constructor"]),
  baseUrl: (client) => {
    const { baseURL } = client as Fields;
    return typeof baseURL === "string" ? baseURL : undefined;
  },
  provider: (client, host) =>
    // AzureOpenAI may talk to any host, a gateway for instance; only it has these fields.
    "deploymentName" in client || ("apiVersion" in client && client.apiVersion !== undefined)
      ? GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI
      : providerOfHost(host),
  version: (clientClass) => {
    const { getUserAgent } = fields((clientClass as Fields)["prototype"]);
    if (typeof getUserAgent !== "function") return undefined;
    // `OpenAI/JS 7.55.0`; the method reads nothing of the client but the name of its class.
    return /\d+\.\d+\.\d+\S*$/.exec(String(getUserAgent.call({ constructor: clientClass })))?.[0];
  },
};

/** Properties of an object of the client library, any of which may be absent in another version. */
type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return isObject(value) ? (value as Fields) : {};
}

function objectOf(value: unknown): object | undefined {
  return isObject(value) ? value : undefined;
}
