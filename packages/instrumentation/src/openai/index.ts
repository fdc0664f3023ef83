import {
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI,
  GEN_AI_PROVIDER_NAME_VALUE_OPENAI,
} from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter } from "../adapter.ts";
import { generateSpeech, transcribeAudio, translateAudio } from "../openai-protocol/audio.ts";
import { chatInput, chatRequest } from "../openai-protocol/chat-request.ts";
import { chatOutput, chatResponse } from "../openai-protocol/chat-response.ts";
import { chatStream } from "../openai-protocol/chat-stream.ts";
import { stainlessClient, stainlessEntryFiles } from "../openai-protocol/client.ts";
import { textCompletions } from "../openai-protocol/completions.ts";
import { embeddings } from "../openai-protocol/embeddings.ts";
import { editImage, generateImage, varyImage } from "../openai-protocol/images.ts";
import { moderateContent } from "../openai-protocol/moderations.ts";
import { providerOfHost, selfHosted } from "../openai-protocol/provider.ts";
import { putServiceTier } from "../openai-protocol/sampling-parameters.ts";
import { includeUsage } from "../openai-protocol/stream-usage.ts";
import { editVideo, extendVideo, generateVideo, remixVideo } from "../openai-protocol/videos.ts";
import { createRun, createThreadAndRun, submitToolOutputs } from "./assistants.ts";
import { fetchChatCompletion } from "./chat-fetch.ts";
import { decide } from "./decisions.ts";
import { compactResponse } from "./responses-compact.ts";
import { fetchResponse } from "./responses-fetch.ts";
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
  usageOnRequest: includeUsage,
  stream: chatStream,
};

const completions: MethodAdapter = {
  ...textCompletions,
  request: (body) => {
    const attributes = textCompletions.request(body);
    putServiceTier(attributes, body);
    return attributes;
  },
  response: chatResponse,
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
  entryFiles: stainlessEntryFiles("OpenAI"),
  bundleMarkers: ["The OPENAI_API_KEY environment variable is missing or empty", "OPENAI_WEBHOOK_SECRET"],
  methods: {
    "Chat.Completions.create": chat,
    "Chat.Completions.retrieve": fetchChatCompletion,
    "Responses.create": responses,
    "Responses.retrieve": fetchResponse,
    "Responses.compact": compactResponse,
    // openai 6 and 7: posts by itself, with the same bodies.
    "Beta.Responses.create": { ...responses, isOptional: true },
    "Beta.Responses.retrieve": { ...fetchResponse, isOptional: true },
    "Beta.Responses.compact": compactResponse,
    "Beta.Threads.createAndRun": createThreadAndRun,
    "Beta.Threads.Runs.create": createRun,
    "Beta.Threads.Runs.submitToolOutputs": submitToolOutputs,
    "Completions.create": completions,
    "Embeddings.create": embeddings,
    "Images.generate": generateImage,
    "Images.edit": editImage,
    "Images.createVariation": varyImage,
    "Audio.Speech.create": generateSpeech,
    "Audio.Transcriptions.create": transcribeAudio,
    "Audio.Translations.create": translateAudio,
    "Videos.create": generateVideo,
    "Videos.edit": editVideo,
    "Videos.extend": extendVideo,
    "Videos.remix": remixVideo,
    "Moderations.create": moderateContent,
    "Decisions.create": decide,
  },
  untraced: {
    "realtime.calls.create": "a session over a connection of its own",
    "live.create": "a session over a connection of its own",
    "batches.create": "a job; the answers come later, in a file",
    "beta.agents.sessions.create": "an agent works at the provider's; its turns come as events",
    "beta.agents.sessions.stream": "an agent works at the provider's; its turns come as events",
    "beta.agents.sessions.events.create": "an agent works at the provider's; its turns come as events",
    "beta.agents.automations.invocations.create": "an agent works at the provider's; its turns come as events",
    "evals.runs.create": "a job; the answers come later, by other calls",
  },
  ...stainlessClient("OpenAIError"),
  provider: (client, host, baseUrl) =>
    // AzureOpenAI may talk to any host, a gateway for instance; only it has these fields.
    "deploymentName" in client || ("apiVersion" in client && client.apiVersion !== undefined)
      ? GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI
      : (selfHosted(host, baseUrl) ?? providerOfHost(host, GEN_AI_PROVIDER_NAME_VALUE_OPENAI, baseUrl)),
};
