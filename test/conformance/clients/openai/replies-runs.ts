/** Runs of an assistant, as the OpenAI API tells of them. */
import type { Answer, Json } from "../../behaviour/replies.ts";

const usage = {
  prompt_tokens: 11,
  completion_tokens: 7,
  total_tokens: 18,
  prompt_token_details: { cached_tokens: 3 },
};

const run = (fields: object): object => ({
  id: "run_1",
  object: "thread.run",
  created_at: 1_700_000_000,
  assistant_id: "asst_1",
  thread_id: "thread_1",
  status: "queued",
  required_action: null,
  last_error: null,
  incomplete_details: null,
  model: "gpt-4o-mini",
  usage: null,
  ...fields,
});

const toolCall = { id: "call_1", type: "function", function: { name: "look_up", arguments: "{}" } };

function runEvents(): readonly string[] {
  const message = { id: "msg_1", object: "thread.message", thread_id: "thread_1", role: "assistant" };
  const part = (value: string) => [{ index: 0, type: "text", text: { value, annotations: [] } }];
  const delta = (value: string) => ({ id: "msg_1", object: "thread.message.delta", delta: { content: part(value) } });
  const events: readonly (readonly [string, object])[] = [
    ["thread.run.created", run({})],
    ["thread.message.created", { ...message, status: "in_progress", content: [] }],
    ["thread.message.delta", delta("four")],
    ["thread.message.completed", { ...message, status: "completed", content: part("four") }],
    ["thread.run.completed", run({ status: "completed", usage })],
  ];
  return events.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

export const runSurfaces: Readonly<Record<string, (body: Json) => Answer>> = {
  "/v1/threads/thread_1/runs": ({ stream }) =>
    stream === true ? { events: runEvents(), end: "event: done\ndata: [DONE]\n\n" } : { body: run({}) },
  "/v1/threads/runs": () => ({
    body: run({
      status: "requires_action",
      required_action: { type: "submit_tool_outputs", submit_tool_outputs: { tool_calls: [toolCall] } },
      usage,
    }),
  }),
  "/v1/threads/thread_1/runs/run_1/submit_tool_outputs": () => ({ body: run({}) }),
};
