import * as semconv from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter } from "../adapter.ts";
import { text } from "../engine/read.ts";
import { streamed } from "../engine/streamed.ts";
import { apiClientOf, baseUrlOf, isClient, isVertex, modelPath, resourceOf, versionOf } from "./client.ts";
import { embedContentRequest, embedContentResponse } from "./embeddings.ts";
import { thrownFacts } from "./errors.ts";
import { createInteraction, fetchInteraction } from "./interactions.ts";
import {
  imagesInput,
  imagesOutput,
  imagesRequest,
  videosFailure,
  videosInput,
  videosOutput,
  videosRequest,
} from "./media.ts";
import { generateContentInput, generateContentRequest } from "./request.ts";
import { generateContentOutput, generateContentResponse } from "./response.ts";
import { generateContentStream } from "./stream.ts";

const pathTo =
  (verb: string): MethodAdapter["path"] =>
  (body, client) =>
    modelPath(client, text(body["model"]) ?? "", verb);

const generateContent: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  path: pathTo("generateContent"),
  request: generateContentRequest,
  input: generateContentInput,
  response: generateContentResponse,
  output: generateContentOutput,
};

const generateContentStreamed: MethodAdapter = {
  ...streamed(generateContent, generateContentStream),
  path: pathTo("streamGenerateContent"),
};

const embedContent: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  path: (body, client) => modelPath(client, text(body["model"]) ?? "", embedVerb(body, client)),
  request: embedContentRequest,
  response: embedContentResponse,
};

/** The Gemini API embeds in batches; Vertex AI has a prediction, for newer models a method of its own. */
function embedVerb(body: Readonly<Record<string, unknown>>, client: object): string {
  if (!isVertex(client)) return "batchEmbedContents";
  return body["embeddingApiType"] === "EMBED_CONTENT" ? "embedContent" : "predict";
}

/** As for other providers' images: the conventions' list is open. */
const images: MethodAdapter = {
  operation: "generate_image",
  path: pathTo("predict"),
  request: imagesRequest,
  input: imagesInput,
  response: () => ({}),
  output: imagesOutput,
};

const videos: MethodAdapter = {
  operation: "generate_video",
  path: pathTo("predictLongRunning"),
  request: videosRequest,
  input: videosInput,
  response: () => ({}),
  output: videosOutput,
  failure: videosFailure,
};

/**
 * https://github.com/googleapis/js-genai. `client.models.generateContent` and its like are properties that every client's
 * constructor makes; they call methods of `Models`, once for each request: automatic function calling and continuation make
 * several. `chats` go through `models`.
 */
export const googleGenAI: ClientAdapter = {
  module: "@google/genai",
  supportedVersions: [{ from: "1.52.0", to: "3" }],
  clientClasses: ["GoogleGenAI"],
  bundleMarkers: ["google-genai-sdk/"],
  entryFiles: Object.fromEntries(
    ["node/index.mjs", "node/index.cjs", "index.mjs", "index.cjs", "web/index.mjs"].map((file) => [
      `dist/${file}`,
      ["GoogleGenAI", "Models", "GeminiNextGenInteractions", "BaseInteractions"],
    ]),
  ),
  methods: {
    "Models.generateContentInternal": generateContent,
    "Models.generateContentStreamInternal": generateContentStreamed,
    "Models.embedContentInternal": embedContent,
    "Models.generateImagesInternal": images,
    "Models.editImageInternal": { ...images, operation: "edit_image" },
    "Models.upscaleImageInternal": { ...images, operation: "upscale_image" },
    "Models.generateVideosInternal": videos,
    "Interactions.create": createInteraction,
    "Interactions.get": fetchInteraction,
  },
  untraced: {
    "live.connect": "a session over a connection of its own",
    "live.music.connect": "a session over a connection of its own",
    "batches.create": "a job; the answers come later, by other calls",
    "batches.createEmbeddings": "a job; the answers come later, by other calls",
    "models.recontextImage": "an operation of Vertex AI alone",
    "models.segmentImage": "an operation of Vertex AI alone",
    "triggers.run": "an agent works at the provider's; its turns come as events",
  },
  resource: resourceOf,
  lateProperties: ["models", "interactions"],
  client: apiClientOf,
  keys: (client) => [apiClientOf(client)],
  isClient,
  baseUrl: baseUrlOf,
  provider: (client) =>
    isVertex(client) ? semconv.GEN_AI_PROVIDER_NAME_VALUE_GCP_VERTEX_AI : semconv.GEN_AI_PROVIDER_NAME_VALUE_GCP_GEMINI,
  version: versionOf,
  thrown: thrownFacts,
};
