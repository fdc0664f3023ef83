import { GEN_AI_OPERATION_NAME_VALUE_CHAT, GEN_AI_PROVIDER_NAME_VALUE_GROQ } from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter } from "../adapter.ts";
import { generateSpeech, transcribeAudio, translateAudio } from "../openai-protocol/audio.ts";
import { stainlessClient, stainlessEntryFiles } from "../openai-protocol/client.ts";
import { embeddings } from "../openai-protocol/embeddings.ts";
import { providerOfHost } from "../openai-protocol/provider.ts";
import { chatInput, chatRequest } from "./request.ts";
import { chatFailure, chatOutput, chatResponse } from "./response.ts";
import { chatStream } from "./stream.ts";

const chat: MethodAdapter = {
  operation: GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/openai/v1/chat/completions",
  request: chatRequest,
  input: chatInput,
  response: chatResponse,
  output: chatOutput,
  failure: chatFailure,
  stream: chatStream,
};

/** The base URL is the host alone. */
function below(method: MethodAdapter): MethodAdapter {
  return { ...method, path: `/openai/v1${String(method.path)}` };
}

/** https://github.com/groq/groq-typescript */
export const groq: ClientAdapter = {
  module: "groq-sdk",
  supportedVersions: [{ from: "0.37.0", to: "1" }],
  clientClasses: ["Groq"],
  entryFiles: stainlessEntryFiles("Groq"),
  bundleMarkers: ["The GROQ_API_KEY environment variable is missing or empty"],
  methods: {
    "Chat.Completions.create": chat,
    "Embeddings.create": below(embeddings),
    "Audio.Speech.create": below(generateSpeech),
    "Audio.Transcriptions.create": below(transcribeAudio),
    "Audio.Translations.create": below(translateAudio),
  },
  untraced: { "batches.create": "a job; the answers come later, in a file" },
  ...stainlessClient("GroqError"),
  provider: (_client, host) => providerOfHost(host, GEN_AI_PROVIDER_NAME_VALUE_GROQ),
};
