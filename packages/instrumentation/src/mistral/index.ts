import * as semconv from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter, ThrownFacts } from "../adapter.ts";
import { parseJson, record, text } from "../engine/read.ts";
import { streamed } from "../engine/streamed.ts";
import { providerOfHost } from "../openai-protocol/provider.ts";
import { audio } from "./audio.ts";
import { chatInput, chatOutput, chatResponse } from "./chat.ts";
import { chatStream } from "./chat-stream.ts";
import { classifiers } from "./classifiers.ts";
import { baseUrlOf, clientKey, isClient, resourceOf, versionOf } from "./client.ts";
import { conversations } from "./conversations.ts";
import { embeddingsRequest, embeddingsResponse } from "./embeddings.ts";
import { fimInput } from "./fim.ts";
import { withoutTheirSpan } from "./native-telemetry.ts";
import { parameters, parsedParameters } from "./parameters.ts";

const chat: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/v1/chat/completions",
  request: parameters,
  input: chatInput,
  response: chatResponse,
  output: chatOutput,
};

/** An agent that is kept at Mistral answers, with the model and the instructions that it was made with. */
const agent: MethodAdapter = {
  ...chat,
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  path: "/v1/agents/completions",
  // The client sends none.
  model: () => undefined,
};

const fim: MethodAdapter = {
  ...chat,
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  path: "/v1/fim/completions",
  input: fimInput,
};

const embeddings: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  path: "/v1/embeddings",
  request: embeddingsRequest,
  response: embeddingsResponse,
};

const resourceFiles = ["Chat", "Fim", "Agents", "Embeddings", "Classifiers"].map(
  (name) => [`sdk/${name.toLowerCase()}.js`, [name]] as const,
);
const files = [...resourceFiles, ["sdk/sdk.js", ["Mistral"]] as const];

/** https://github.com/mistralai/client-ts: version 1 is CommonJS, version 2 ES modules in a folder of its own. */
export const mistral: ClientAdapter = {
  module: "@mistralai/mistralai",
  supportedVersions: [{ from: "1.15.1", to: "2" }],
  clientClasses: ["Mistral"],
  entryFiles: Object.fromEntries(
    files.flatMap(([file, names]) => [[file, names] as const, [`esm/${file}`, names] as const]),
  ),
  bundleMarkers: [" 1.0.0 @mistralai/mistralai"],
  methods: {
    "Chat.complete": chat,
    "Chat.stream": streamed(chat, chatStream),
    "Chat.parse": { ...chat, request: parsedParameters },
    "Chat.parseStream": streamed({ ...chat, request: parsedParameters }, chatStream),
    "Agents.complete": agent,
    "Agents.stream": streamed(agent, chatStream),
    "Fim.complete": fim,
    "Fim.stream": streamed(fim, chatStream),
    "Embeddings.create": embeddings,
    ...classifiers,
    ...conversations,
    ...audio,
  },
  untraced: {
    "ocr.process": "reads documents",
    "batch.jobs.create": "a job; the answers come later, in a file",
    "realtime.sessions.create": "a session over a connection of its own",
    "beta.observability.judges.judgeConversation": "part of the provider's own observability",
    "workflows.executeWorkflow": "a workflow runs at the provider's",
  },
  resource: resourceOf,
  client: clientKey,
  keys: (client) => [clientKey(client)],
  isClient,
  baseUrl: baseUrlOf,
  provider: (_client, host, baseUrl) => providerOfHost(host, semconv.GEN_AI_PROVIDER_NAME_VALUE_MISTRAL_AI, baseUrl),
  version: versionOf,
  thrown,
  withoutNativeTelemetry: withoutTheirSpan,
};

/** Errors of the library keep the answer: its body as text, `{ "type": "invalid_request_error", "code": "3051" }`. */
function thrown(error: unknown): ThrownFacts {
  const { statusCode, body, headers } = record(error);
  if (typeof statusCode !== "number") return {};
  const answer = record(parseJson(body));
  const requestId = headers instanceof Headers ? headers.get("mistral-correlation-id") : undefined;
  return {
    type: text(answer["type"]) ?? text(record(answer["error"])["type"]),
    statusCode,
    requestId: requestId ?? undefined,
  };
}
