import {
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter, Unpacked } from "../adapter.ts";
import { isObject, record, text } from "../engine/read.ts";
import { providerOfHost } from "../openai-protocol/provider.ts";
import { chatInput, embedRequest, generateInput, parameters } from "./request.ts";
import { answerResponse, chatOutput, embedResponse, generateOutput } from "./response.ts";
import { answerStream } from "./stream.ts";
import { systemOne } from "./system-one.ts";

const chat: MethodAdapter = {
  operation: GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/api/chat",
  unpack,
  request: parameters,
  input: chatInput,
  response: answerResponse,
  output: chatOutput,
  stream: answerStream,
};

const generate: MethodAdapter = {
  operation: GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  path: "/api/generate",
  unpack,
  request: parameters,
  input: generateInput,
  response: answerResponse,
  output: generateOutput,
  stream: answerStream,
};

const embed: MethodAdapter = {
  operation: GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  path: "/api/embed",
  request: embedRequest,
  response: embedResponse,
};

/** https://github.com/ollama/ollama-js. The exported `ollama` is a client of the class `Ollama` like any other. */
export const ollama: ClientAdapter = {
  module: "ollama",
  supportedVersions: [{ from: "0.6.4", to: "0" }],
  clientClasses: ["Ollama"],
  bundleMarkers: ["ollama-js/"],
  // The class of `index` inherits all of these methods from that of `browser`.
  entryFiles: { "dist/browser.mjs": ["Ollama$1"], "dist/browser.cjs": ["Ollama$1"] },
  methods: {
    chat,
    generate,
    embed,
    embeddings: { ...embed, path: "/api/embeddings" },
    systemone: systemOne,
  },
  client: (resource) => resource,
  isClient: (value) => isObject(value) && "processStreamableRequest" in value && "encodeImage" in value,
  baseUrl: (client) => text(record((client as { readonly config?: unknown }).config)["host"]),
  provider: (_client, host) => providerOfHost(host, "ollama"),
};

/** `abort()` of a stream, or of the client, may come before it is read. */
function unpack(value: unknown): Unpacked {
  const controller = record((value as { readonly abortController?: unknown } | undefined)?.abortController);
  return { response: value, stream: value, signal: controller["signal"] };
}
