/** Small answers in the forms of Mistral's API. */
import { type Answer, type Json, type Replies, serverSentEvent } from "../../behaviour/replies.ts";

const model = "mistral-small-latest";
const sentUsage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };

const head = (body: Json, object: string): object => ({
  id: "cmpl_1",
  object,
  created: 1_700_000_000,
  // That of an agent is not in the request.
  model: body["model"] ?? model,
});

function answer(body: Json): Answer {
  if (body["stream"] !== true) {
    const message = { role: "assistant", content: '{"a":1}', tool_calls: null };
    const choices = [{ index: 0, finish_reason: "stop", message }];
    return { body: { ...head(body, "chat.completion"), choices, usage: sentUsage } };
  }
  const chunk = (delta: object, more: object = {}, reason: string | null = null): string =>
    serverSentEvent({
      ...head(body, "chat.completion.chunk"),
      choices: [{ index: 0, delta, finish_reason: reason }],
      ...more,
    });
  return {
    events: [
      chunk({ role: "assistant", content: "" }),
      chunk({ content: '{"a' }),
      chunk({ content: '":1}' }),
      chunk({ content: "" }, { usage: sentUsage }, "stop"),
    ],
    end: "data: [DONE]\n\n",
  };
}

function conversationAnswer({ stream }: Json): Answer {
  const entry = { id: "msg_1", model, role: "assistant" };
  if (stream !== true) {
    const output = { ...entry, object: "entry", type: "message.output", content: '{"a":1}' };
    return {
      body: { object: "conversation.response", conversation_id: "conv_1", outputs: [output], usage: sentUsage },
    };
  }
  const event = (type: string, data: object): string => serverSentEvent({ type, ...data }, type);
  const delta = (content: string): string =>
    event("message.output.delta", { ...entry, output_index: 0, content_index: 0, content });
  return {
    events: [
      event("conversation.response.started", { conversation_id: "conv_1" }),
      delta('{"a'),
      delta('":1}'),
      event("conversation.response.done", { usage: sentUsage }),
    ],
  };
}

export const replies: Replies = {
  answer({ path, body }) {
    if (/^\/v1\/(chat|fim|agents)\/completions$/.test(path)) return answer(body);
    if (/^\/v1\/conversations(\/conv_1(\/restart)?)?(#stream)?$/.test(path)) return conversationAnswer(body);
    if (path === "/v1/audio/speech") return { body: { audio_data: "AAAA" } };
    if (path !== "/v1/embeddings") return undefined;
    const data = [{ object: "embedding", index: 0, embedding: [0.25, -0.5, 1] }];
    const embedUsage = { prompt_tokens: 5, completion_tokens: 0, total_tokens: 5 };
    return { body: { id: "emb_1", object: "list", model: body["model"], data, usage: embedUsage } };
  },
  error: { object: "error", message: "The prompt is not allowed.", type: "invalid_request_error", code: "3051" },
};
