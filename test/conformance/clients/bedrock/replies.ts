/** Small answers in the forms of Bedrock's runtime. */
import { encodeFrame } from "../../../support/event-stream.ts";
import type { Answer, Replies } from "../../behaviour/replies.ts";

/** Cached tokens are apart from `inputTokens` here: 11 in all. */
const usage = { inputTokens: 8, outputTokens: 7, totalTokens: 18, cacheReadInputTokens: 3, cacheWriteInputTokens: 0 };

const event = (type: string, payload: object): Buffer =>
  encodeFrame(
    { ":event-type": type, ":content-type": "application/json", ":message-type": "event" },
    JSON.stringify(payload),
  );

const failure = encodeFrame(
  { ":exception-type": "throttlingException", ":content-type": "application/json", ":message-type": "exception" },
  JSON.stringify({ message: "Too many tokens, please wait." }),
);

const streamed = (events: readonly Buffer[], repeatable: number): Answer => ({
  events,
  repeatable,
  failure,
  contentType: "application/vnd.amazon.eventstream",
});

const converse: Answer = {
  body: {
    output: { message: { role: "assistant", content: [{ text: '{"a":1}' }] } },
    stopReason: "end_turn",
    usage,
    metrics: { latencyMs: 5 },
  },
};

const converseEvents = [
  event("messageStart", { role: "assistant" }),
  event("contentBlockDelta", { contentBlockIndex: 0, delta: { text: '{"a' } }),
  event("contentBlockDelta", { contentBlockIndex: 0, delta: { text: '":1}' } }),
  event("contentBlockStop", { contentBlockIndex: 0 }),
  event("messageStop", { stopReason: "end_turn" }),
  event("metadata", { usage, metrics: { latencyMs: 5 } }),
];

/** The body of an Anthropic model. */
const invoked = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-3-5-haiku-20241022",
  content: [{ type: "text", text: '{"a":1}' }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 8, cache_read_input_tokens: 3, cache_creation_input_tokens: 0, output_tokens: 7 },
};

const chunk = (payload: object): Buffer =>
  event("chunk", { bytes: Buffer.from(JSON.stringify(payload)).toString("base64") });

const invokeEvents = [
  chunk({
    type: "message_start",
    message: { ...invoked, content: [], stop_reason: null, usage: { ...invoked.usage, output_tokens: 1 } },
  }),
  chunk({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } }),
  chunk({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: '{"a":1}' } }),
  chunk({ type: "content_block_stop", index: 0 }),
  chunk({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 7 } }),
  chunk({ type: "message_stop" }),
];

const ANSWERS: Readonly<Record<string, Answer>> = {
  converse,
  "converse-stream": streamed(converseEvents, 1),
  invoke: { body: invoked },
  "invoke-with-response-stream": streamed(invokeEvents, 2),
};

export const replies: Replies = {
  answer: ({ path }) => ANSWERS[path.split("/").at(-1) ?? ""],
  tellsFailureInStream: true,
  error: { message: "The prompt is not allowed." },
  headers: { "x-amzn-requestid": "req_1" },
  errorHeaders: { "x-amzn-errortype": "ValidationException" },
  // Signatures and times.
  volatileHeaders: ["authorization", "x-amz-date", "amz-sdk-invocation-id", "amz-sdk-request"],
};
