/** Small answers in the forms of the Messages API. */
import { type Json, type Replies, serverSentEvent } from "../../behaviour/replies.ts";

const TEXT = '{"a":1}';

/** Cached tokens are apart from `input_tokens` here: 11 in all. */
const usage = { input_tokens: 8, cache_read_input_tokens: 3, cache_creation_input_tokens: 0, output_tokens: 7 };

/** A prompt of `TOOL` asks for the first offered tool, until a tool has answered. */
function content({ messages, tools }: Json): object {
  const said = JSON.stringify(messages);
  const [tool] = Array.isArray(tools) ? tools : [];
  return said.includes('"TOOL"') && !said.includes("tool_result") && tool !== undefined
    ? { content: [{ type: "tool_use", id: "toolu_1", name: tool.name, input: {} }], stop_reason: "tool_use" }
    : { content: [{ type: "text", text: TEXT }], stop_reason: "end_turn" };
}

const message = (body: Json, fields: object): object => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: body["model"],
  content: [],
  stop_reason: null,
  stop_sequence: null,
  ...fields,
});

function events(body: Json): readonly string[] {
  const delta = (text: string): object => ({
    type: "content_block_delta",
    index: 0,
    delta: { type: "text_delta", text },
  });
  const sent: readonly { readonly type?: string }[] = [
    { type: "message_start", message: message(body, { usage: { ...usage, output_tokens: 1 } }) } as object,
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } } as object,
    delta(TEXT.slice(0, 3)),
    delta(TEXT.slice(3)),
    { type: "content_block_stop", index: 0 } as object,
    {
      type: "message_delta",
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { output_tokens: 7 },
    } as object,
    { type: "message_stop" },
  ];
  return sent.map((event) => serverSentEvent(event, event.type));
}

const overloaded = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };

export const replies: Replies = {
  answer({ path, body }) {
    if (path.replace(/\?.*$/, "") !== "/v1/messages") return undefined;
    if (body["stream"] === true)
      return { events: events(body), repeatable: 2, failure: serverSentEvent(overloaded, "error") };
    return { body: message(body, { ...content(body), usage }) };
  },
  tellsFailureInStream: true,
  error: {
    type: "error",
    error: { type: "invalid_request_error", message: "The prompt is not allowed." },
    request_id: "req_1",
  },
  headers: { "request-id": "req_1" },
};
