/** Small answers in the forms of versions 1 and 2 of Cohere's API. */
import { type Json, type Replies, serverSentEvent } from "../../behaviour/replies.ts";

const tokens = { input_tokens: 11, output_tokens: 7 };
const usage = { billed_units: tokens, tokens };
const meta = { api_version: { version: "1" }, billed_units: tokens, tokens };

function chatV2(): object {
  const message = { role: "assistant", content: [{ type: "text", text: '{"a":1}' }] };
  return { id: "chat_1", finish_reason: "COMPLETE", message, usage };
}

function eventsV2(): readonly string[] {
  const text = (part: string): object => ({
    type: "content-delta",
    index: 0,
    delta: { message: { content: { text: part } } },
  });
  const events = [
    { type: "message-start", id: "chat_1", delta: { message: { role: "assistant", content: [], tool_calls: [] } } },
    { type: "content-start", index: 0, delta: { message: { content: { type: "text", text: "" } } } },
    text('{"a'),
    text('":1}'),
    { type: "content-end", index: 0 },
    { type: "message-end", delta: { finish_reason: "COMPLETE", usage } },
  ];
  return events.map((event) => serverSentEvent(event, "type" in event ? String(event.type) : undefined));
}

function chatV1(): object {
  return { response_id: "resp_1", generation_id: "gen_1", text: '{"a":1}', finish_reason: "COMPLETE", meta };
}

function eventsV1(): readonly string[] {
  const text = (part: string): object => ({ is_finished: false, event_type: "text-generation", text: part });
  const events = [
    { is_finished: false, event_type: "stream-start", generation_id: "gen_1" },
    text('{"a'),
    text('":1}'),
    { is_finished: true, event_type: "stream-end", finish_reason: "COMPLETE", response: chatV1() },
  ];
  return events.map((event) => `${JSON.stringify(event)}\n`);
}

const isStreamed = (body: Json): boolean => body["stream"] === true;
const embeddings = { float: [[0.25, -0.5, 1]] };
const embedMeta = { api_version: { version: "2" }, billed_units: { input_tokens: 5 } };

const classification: object = {
  id: "class_1",
  classifications: [
    {
      id: "one",
      prediction: "polite",
      predictions: ["polite"],
      confidence: 0.75,
      confidences: [0.75],
      labels: { polite: { confidence: 0.75 } },
      classification_type: "single-label",
    },
  ],
  meta: { billed_units: { classifications: 1 } },
};

export const replies: Replies = {
  answer({ path, body }) {
    if (path === "/v2/chat")
      return isStreamed(body) ? { events: eventsV2(), repeatable: 2, end: "data: [DONE]\n\n" } : { body: chatV2() };
    if (path === "/v1/chat") {
      return isStreamed(body) ? { events: eventsV1(), contentType: "application/stream+json" } : { body: chatV1() };
    }
    if (path === "/v2/embed") return { body: { id: "emb_1", embeddings, texts: body["texts"], meta: embedMeta } };
    if (path === "/v1/embed") {
      const shared = { id: "emb_1", texts: body["texts"], meta: embedMeta };
      return { body: { ...shared, response_type: "embeddings_floats", embeddings: embeddings.float } };
    }
    if (path === "/v1/classify") return { body: classification };
    if (!/^\/v[12]\/rerank$/.test(path)) return undefined;
    return {
      body: {
        id: "rank_1",
        results: [{ index: 0, relevance_score: 0.5 }],
        meta: { billed_units: { search_units: 1 } },
      },
    };
  },
  error: { message: "the prompt is not allowed" },
};
