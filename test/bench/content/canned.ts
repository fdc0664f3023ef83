/** Provider replies from memory, so that a benchmark measures the client and us, and no socket. */

const usage = {
  prompt_tokens: 512,
  completion_tokens: 200,
  total_tokens: 712,
  prompt_tokens_details: { cached_tokens: 128 },
  completion_tokens_details: { reasoning_tokens: 16 },
};
const head = {
  id: "chatcmpl-bench",
  created: 1_795_169_730,
  model: "gpt-4o-2024-08-06",
  system_fingerprint: "fp_bench",
};

/** About 1 KB of answer. */
const answer = "The quick brown fox jumps over the lazy dog. ".repeat(23);

const reply = JSON.stringify({
  ...head,
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", content: answer }, finish_reason: "stop", logprobs: null }],
  usage,
});

const encoder = new TextEncoder();
const event = (fields: object) =>
  encoder.encode(`data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", ...fields })}\n\n`);

function streamEvents(chunks: number): readonly Uint8Array[] {
  const delta = (content: string, finishReason: string | null = null) =>
    event({ choices: [{ index: 0, delta: { content }, logprobs: null, finish_reason: finishReason }] });
  return [
    ...Array.from({ length: chunks - 2 }, () => delta("word ")),
    delta("", "stop"),
    event({ choices: [], usage }),
    encoder.encode("data: [DONE]\n\n"),
  ];
}

/** A `fetch` for the client's options: a chat reply, or a stream of `chunks` chunks where the request asks for one. */
export function cannedFetch(chunks: number): typeof fetch {
  const events = streamEvents(chunks);
  return async (_url, init) => {
    const streaming = String(init?.body).includes('"stream":true');
    if (!streaming) return new Response(reply, { headers: { "content-type": "application/json" } });
    let next = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = events[next++];
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
}

/** About 2 KB of question. */
export const messages = [
  { role: "system" as const, content: "You are a concise assistant. ".repeat(10) },
  {
    role: "user" as const,
    content: "Please compare the two offers below and say which is better, and why. ".repeat(25),
  },
];
