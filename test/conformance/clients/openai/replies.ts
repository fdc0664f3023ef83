/** Small answers in the forms of the OpenAI API. */
import { MODEL } from "../../behaviour/case.ts";
import { type Answer, type Json, type Replies, serverSentEvent } from "../../behaviour/replies.ts";
import { runSurfaces } from "./replies-runs.ts";

const TEXT = '{"a":1}';
const chatUsage = {
  prompt_tokens: 11,
  completion_tokens: 7,
  total_tokens: 18,
  prompt_tokens_details: { cached_tokens: 3 },
};
const responsesUsage = {
  input_tokens: 11,
  input_tokens_details: { cached_tokens: 3 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 18,
};

interface ChatRequest {
  readonly model?: string;
  readonly messages?: readonly { readonly role: string; readonly content?: unknown }[];
  readonly tools?: readonly { readonly function?: { readonly name?: string } }[];
  readonly stream_options?: { readonly include_usage?: boolean };
}

/** A prompt of `TOOL` asks for the first offered tool, until a tool has answered. */
function wantsTool(request: ChatRequest): string | undefined {
  const asked = request.messages?.some((message) => message.content === "TOOL");
  const answered = request.messages?.some((message) => message.role === "tool");
  return asked && !answered ? request.tools?.[0]?.function?.name : undefined;
}

function chatReply(request: ChatRequest): unknown {
  const tool = wantsTool(request);
  const message = tool
    ? {
        role: "assistant",
        content: null,
        refusal: null,
        tool_calls: [{ id: "call_1", type: "function", function: { name: tool, arguments: "{}" } }],
      }
    : { role: "assistant", content: TEXT, refusal: null };
  return {
    id: "chatcmpl_1",
    object: "chat.completion",
    created: 1_700_000_000,
    model: request.model,
    choices: [{ index: 0, message, finish_reason: tool ? "tool_calls" : "stop", logprobs: null }],
    usage: chatUsage,
  };
}

/** Four events, and a fifth with the usage alone where the request asked for it; `[DONE]` ends the stream. */
function chatEvents(request: ChatRequest): readonly string[] {
  const chunk = (fields: object): string =>
    `data: ${JSON.stringify({
      id: "chatcmpl_1",
      object: "chat.completion.chunk",
      created: 1_700_000_000,
      model: request.model,
      ...fields,
    })}\n\n`;
  const delta = (fields: object, reason: string | null = null): string =>
    chunk({ choices: [{ index: 0, delta: fields, finish_reason: reason, logprobs: null }] });
  return [
    delta({ role: "assistant", content: "" }),
    delta({ content: TEXT.slice(0, 3) }),
    delta({ content: TEXT.slice(3) }),
    delta({}, "stop"),
    ...(request.stream_options?.include_usage ? [chunk({ choices: [], usage: chatUsage })] : []),
  ];
}

function responsesReply(request: { readonly model?: string }): object {
  const content = [{ type: "output_text", text: TEXT, annotations: [] }];
  return {
    ...unfinishedResponse(request),
    status: "completed",
    output: [{ type: "message", id: "msg_1", status: "completed", role: "assistant", content }],
    usage: responsesUsage,
  };
}

function unfinishedResponse(request: { readonly model?: string }): object {
  return {
    id: "resp_1",
    object: "response",
    created_at: 1_700_000_000,
    status: "in_progress",
    error: null,
    incomplete_details: null,
    model: request.model,
    output: [],
    parallel_tool_calls: true,
    tools: [],
    tool_choice: "auto",
  };
}

function compactReply(request: { readonly input?: unknown }): object {
  const message = { type: "message", id: "msg_0", status: "completed", role: "user" };
  return {
    id: "resp_2",
    object: "response.compaction",
    created_at: 1_700_000_000,
    output: [
      { ...message, content: [{ type: "input_text", text: request.input }] },
      { type: "compaction", id: "cmp_1", encrypted_content: "c2VjcmV0" },
    ],
    usage: responsesUsage,
  };
}

/** Five typed events. */
function responsesEvents(request: { readonly model?: string }): readonly string[] {
  const part = { item_id: "msg_1", output_index: 0, content_index: 0 };
  const item = { type: "message", id: "msg_1", status: "in_progress", role: "assistant", content: [] };
  const events: readonly { readonly type: string; readonly [field: string]: unknown }[] = [
    { type: "response.created", response: unfinishedResponse(request) },
    { type: "response.output_item.added", output_index: 0, item },
    { type: "response.content_part.added", ...part, part: { type: "output_text", text: "", annotations: [] } },
    { type: "response.output_text.delta", ...part, delta: TEXT, logprobs: [] },
    { type: "response.completed", response: responsesReply(request) },
  ];
  return events.map(
    (event, index) => `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`,
  );
}

const embeddingsReply = (request: { readonly model?: string; readonly encoding_format?: string }): unknown => {
  const vector = [0.25, -0.5, 1];
  const text = Buffer.from(new Float32Array(vector).buffer).toString("base64");
  return {
    object: "list",
    model: request.model,
    data: [{ object: "embedding", index: 0, embedding: request.encoding_format === "base64" ? text : vector }],
    usage: { prompt_tokens: 5, total_tokens: 5 },
  };
};

const imagesReply: unknown = { created: 1_700_000_000, data: [{ url: "https://images.example/1.png" }] };

const moderationsReply: unknown = {
  id: "modr_1",
  model: "omni-moderation-latest",
  results: [{ flagged: false, categories: { violence: false }, category_scores: { violence: 0.01 } }],
};

const videoReply: unknown = {
  id: "video_1",
  object: "video",
  created_at: 1_700_000_000,
  model: "sora-2",
  status: "queued",
  progress: 0,
  remixed_from_video_id: "video_0",
  error: null,
};

const decisionReply = ({ model }: Json): unknown => ({
  model,
  answers: [{ type: "predicate", name: "is_polite", probability: 0.75 }],
  usage: responsesUsage,
});

const errorReply: unknown = {
  error: { message: "The prompt is not allowed.", type: "invalid_request_error", param: "messages", code: null },
};

const speech: Answer = { body: new Uint8Array([1, 2, 3, 4]), contentType: "audio/mpeg" };

const SURFACES: Readonly<Record<string, ((body: Json) => Answer) | undefined>> = {
  "/v1/chat/completions": (body) =>
    body["stream"] === true
      ? {
          events: chatEvents(body),
          end: "data: [DONE]\n\n",
          failure: serverSentEvent({ error: { message: "The model is overloaded.", type: "server_error" } }),
        }
      : { body: chatReply(body) },
  "/v1/responses": (body) =>
    body["stream"] === true ? { events: responsesEvents(body) } : { body: responsesReply(body) },
  "/v1/responses/resp_1": ({ stream }) => {
    const request = { model: "gpt-5-mini" };
    return stream === "true" ? { events: responsesEvents(request) } : { body: responsesReply(request) };
  },
  "/v1/responses/compact": (body) => ({ body: compactReply(body) }),
  "/v1/embeddings": (body) => ({ body: embeddingsReply(body) }),
  "/v1/images/generations": () => ({ body: imagesReply }),
  "/v1/moderations": () => ({ body: moderationsReply }),
  "/v1/audio/speech": () => speech,
  "/v1/videos": () => ({ body: videoReply }),
  "/v1/videos/video_0/remix": () => ({ body: videoReply }),
  "/v1/decisions": (body) => ({ body: decisionReply(body) }),
  "/v1/chat/completions/chatcmpl_1": () => ({ body: chatReply({ model: MODEL }) }),
  ...runSurfaces,
};

export const replies: Replies = {
  answer({ path, body }) {
    const [route = "", query] = path.split("?");
    const plain = route.replace(/^\/openai\/deployments\/[^/]+/, "/v1");
    return SURFACES[plain]?.({ ...Object.fromEntries(new URLSearchParams(query)), ...body });
  },
  tellsFailureInStream: true,
  error: errorReply,
  headers: { "x-request-id": "req_1" },
};
