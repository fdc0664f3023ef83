import type { GoogleGenAI } from "@google/genai";
import { type BehaviourCase, PROMPT } from "../../behaviour/case.ts";
import { describeDeep } from "../../behaviour/describe-value.ts";
import type { Ask, Driver } from "../../behaviour/driver.ts";
import { collect } from "../../behaviour/generic/chunks.ts";
import { type Answer, type Replies, serverSentEvent } from "../../behaviour/replies.ts";

const usage = { input: 11, output: 7, cached: 3 };
const usageMetadata = {
  promptTokenCount: 11,
  cachedContentTokenCount: 3,
  candidatesTokenCount: 7,
  totalTokenCount: 18,
};
const model = "gemini-2.5-flash";
const ask = ({ prompt, signal, timeoutMillis }: Ask) => ({
  model,
  contents: prompt,
  config: {
    ...(signal && { abortSignal: signal }),
    ...(timeoutMillis !== undefined && { httpOptions: { timeout: timeoutMillis } }),
  },
});

function answer(text: string, more: object = {}): object {
  const { finishReason, ...rest } = { finishReason: undefined as string | undefined, ...more };
  const content = { parts: [{ text }], role: "model" };
  const candidate = { content, index: 0, ...(finishReason && { finishReason }) };
  return { candidates: [candidate], modelVersion: model, responseId: "resp_1", ...rest };
}
const interaction = {
  id: "interaction_1",
  object: "interaction",
  model,
  status: "completed",
  usage: { total_input_tokens: 11, total_cached_tokens: 3, total_output_tokens: 5, total_thought_tokens: 2 },
};
const step = { type: "model_output" };
const interactionEvents = [
  { event_type: "interaction.created", interaction: { id: "interaction_1", status: "in_progress", model } },
  { event_type: "step.start", index: 0, step },
  ...["{", "}"].map((text) => ({ event_type: "step.delta", index: 0, delta: { type: "text", text } })),
  { event_type: "step.stop", index: 0 },
  { event_type: "interaction.completed", interaction },
];
const end = { finishReason: "STOP", usageMetadata };

/** The model wants a tool to be called. */
function callOf(isStream: boolean): Answer {
  const content = { role: "model", parts: [{ functionCall: { name: "look", args: { at: "a" } } }] };
  const call = { ...answer("", end), candidates: [{ content, index: 0, finishReason: "STOP" }] };
  const empty = { ...call, candidates: [] };
  return isStream ? { events: [call, empty, empty].map((event) => serverSentEvent(event)) } : { body: call };
}

/** A tool that the client calls by itself, so that it makes two requests. */
const callableTool = {
  tool: async () => ({ functionDeclarations: [{ name: "look", description: "Looks." }] }),
  callTool: async () => [{ functionResponse: { name: "look", response: { seen: 1 } } }],
};
const askWithTool = () => ({ model, contents: PROMPT, config: { tools: [callableTool] } });

const replies: Replies = {
  answer({ path, body }) {
    if (path.includes("/interactions/interaction_1")) {
      if (path.includes("stream=true")) return { events: interactionEvents.map((event) => serverSentEvent(event)) };
      return { body: interaction };
    }
    if (path.endsWith("/interactions")) {
      if (body["stream"] === true) return { events: interactionEvents.map((event) => serverSentEvent(event)) };
      return { body: { ...interaction, steps: [{ ...step, content: [{ type: "text", text: "{}" }] }] } };
    }
    const isAnswered = JSON.stringify(body["contents"] ?? "").includes("functionResponse");
    if (body["tools"] && !isAnswered) return callOf(path.includes(":streamGenerateContent"));
    if (path.includes(":streamGenerateContent")) {
      return {
        events: [answer('{"a'), answer('":'), answer("1"), answer("}", end)].map((event) => serverSentEvent(event)),
      };
    }
    if (path.includes(":generateContent")) return { body: answer('{"a":1}', end) };
    if (path.includes(":batchEmbedContents")) return { body: { embeddings: [{ values: [0.25, -0.5, 1] }] } };
    return path.includes(":embedContent") ? { body: { embedding: { values: [0.25, -0.5, 1] } } } : undefined;
  },
  error: { error: { code: 400, message: "The prompt is not allowed.", status: "INVALID_ARGUMENT" } },
};

/** https://github.com/googleapis/js-genai, in its Gemini mode. */
export const googleGenAI: Driver<GoogleGenAI, typeof import("@google/genai")> = {
  name: "google-genai",
  module: "@google/genai",
  installed: ["@google/genai", "google-genai-2", "google-genai-1"],
  clientClass: (library) => library.GoogleGenAI,
  options: ({ url, retries = 0, fetch }) => ({
    apiKey: "key",
    httpOptions: {
      baseUrl: url,
      ...(retries > 0 && { retryOptions: { attempts: retries + 1 } }),
      ...(fetch && { fetch }),
    },
  }),
  understands: { fetch: 2, retries: 2, signal: 1, timeout: 1 },
  chat: (client, given) => client.models.generateContent(ask(given)),
  stream: (client, given) => client.models.generateContentStream(ask(given)),
  usage: { chat: usage, stream: usage },
  errors: {
    refused: /^(INVALID_ARGUMENT|ApiError|400)$/,
    unreachable: /^(TypeError|ECONNREFUSED|Error)$/,
    aborted: /^(AbortError|Error)$/,
    timeout: /^(AbortError|TimeoutError|timeout|Error)$/,
  },
  errorClasses: ["ApiError"],
  replies,
  cases: cases(),
};

function cases(): readonly BehaviourCase<GoogleGenAI>[] {
  return [
    {
      // The answer names no model.
      name: "embed",
      spans: 1,
      unavailable: ["gen_ai.response.model"],
      run: async ({ client }) =>
        describeDeep(await client.models.embedContent({ model: "gemini-embedding-001", contents: PROMPT })),
    },
    {
      name: "interactions",
      spans: 1,
      usage,
      run: async ({ client }) => describeDeep(await client.interactions.create({ model, input: PROMPT })),
    },
    {
      name: "interactions_stream",
      spans: 1,
      usage,
      streamed: true,
      run: async ({ client }) => collect(await client.interactions.create({ model, input: PROMPT, stream: true })),
    },
    {
      // The application continues an interaction itself.
      name: "interactions_stream_continued",
      spans: 1,
      usage,
      streamed: true,
      since: 3,
      run: async ({ client }) =>
        collect(
          await client.interactions.create({
            model,
            input: PROMPT,
            stream: true,
            continuation_token: "token",
            automatic_continuation: false,
          }),
        ),
    },
    {
      name: "interactions_get",
      spans: 1,
      run: async ({ client }) => describeDeep(await client.interactions.get("interaction_1")),
    },
    {
      name: "interactions_get_stream",
      spans: 1,
      streamed: true,
      run: async ({ client }) => collect(await client.interactions.get("interaction_1", { stream: true })),
    },
    {
      name: "automaticFunctionCalling",
      spans: 2,
      usage,
      run: async ({ client }) => describeDeep(await client.models.generateContent(askWithTool())),
    },
    {
      name: "automaticFunctionCalling_stream",
      spans: 2,
      usage,
      streamed: true,
      run: async ({ client }) => collect(await client.models.generateContentStream(askWithTool())),
    },
    {
      name: "chats",
      spans: 1,
      usage,
      run: async ({ client }) => describeDeep(await client.chats.create({ model }).sendMessage({ message: PROMPT })),
    },
    {
      name: "chats_stream",
      spans: 1,
      streamed: true,
      usage,
      async run({ client }) {
        const chat = client.chats.create({ model });
        const chunks = await collect(await chat.sendMessageStream({ message: PROMPT }));
        return { chunks, history: describeDeep(chat.getHistory()) };
      },
    },
  ];
}
