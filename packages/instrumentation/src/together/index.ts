import { GEN_AI_OPERATION_NAME_VALUE_CHAT } from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter } from "../adapter.ts";
import { generateSpeech, transcribeAudio, translateAudio } from "../openai-protocol/audio.ts";
import { chatInput, chatParameters } from "../openai-protocol/chat-request.ts";
import { chatAnswer, chatOutput } from "../openai-protocol/chat-response.ts";
import { chatStream } from "../openai-protocol/chat-stream.ts";
import { stainlessClient, stainlessEntryFiles } from "../openai-protocol/client.ts";
import { textCompletions } from "../openai-protocol/completions.ts";
import { embeddings } from "../openai-protocol/embeddings.ts";
import { generateImage } from "../openai-protocol/images.ts";
import { providerOfHost } from "../openai-protocol/provider.ts";
import { generateVideo } from "../openai-protocol/videos.ts";
import { rerank } from "./rerank.ts";
import { completionStream } from "./stream.ts";

/**
 * https://docs.together.ai/reference/chat-completions-1
 * Usage is as OpenAI's; `prompt_tokens` is the whole prompt, `completion_tokens` the whole answer with its reasoning.
 */
const chat: MethodAdapter = {
  operation: GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/chat/completions",
  request: chatParameters,
  input: chatInput,
  response: chatAnswer,
  output: chatOutput,
  stream: chatStream,
};

// Streams report usage unasked.
const { usageOnRequest: _usageOnRequest, ...unasked } = textCompletions;
const completions: MethodAdapter = { ...unasked, stream: completionStream };

/** https://github.com/togethercomputer/together-typescript. `stream()` calls `create`: one span a model call. */
export const together: ClientAdapter = {
  module: "together-ai",
  supportedVersions: [{ from: "0.52.0", to: "0" }],
  clientClasses: ["Together"],
  entryFiles: stainlessEntryFiles("Together"),
  bundleMarkers: ["The TOGETHER_API_KEY environment variable is missing or empty"],
  methods: {
    "Chat.Completions.create": chat,
    "Completions.create": completions,
    "Embeddings.create": embeddings,
    "Images.generate": generateImage,
    "Audio.Speech.create": generateSpeech,
    "Audio.Transcriptions.create": transcribeAudio,
    "Audio.Translations.create": translateAudio,
    "Videos.create": generateVideo,
    "Rerank.create": rerank,
  },
  untraced: {
    "batches.create": "a job; the answers come later, in a file",
    "evals.create": "a job; the answers come later, by other calls",
  },
  ...stainlessClient("TogetherError"),
  provider: (_client, host) => providerOfHost(host, "together_ai"),
};
