import type OpenAI from "openai";
import { PROMPT } from "../../behaviour/case.ts";
import { type Description, describe, shape } from "../../behaviour/describe-value.ts";
import { CHAT_USAGE, type OpenAICase, type OpenAIContext } from "./calls.ts";

const REQUEST = { assistant_id: "asst_1", instructions: PROMPT } as const;
/** An agent's span has no model of its own where none is asked for. */
const NO_MODEL = ["gen_ai.request.model"];
/** Nor has a run that only began an end. */
const BEGUN = [
  ...NO_MODEL,
  "gen_ai.response.finish_reasons",
  "gen_ai.usage.input_tokens",
  "gen_ai.usage.output_tokens",
];

type Runs = OpenAI["beta"]["threads"]["runs"];
type Outputs = Parameters<Runs["submitToolOutputs"]>[1];

const outputs = { tool_outputs: [{ tool_call_id: "call_1", output: "42" }] };

function submit({ client, major }: OpenAIContext): ReturnType<Runs["submitToolOutputs"]> {
  const { runs } = client.beta.threads;
  if (major > 4) return runs.submitToolOutputs("run_1", { thread_id: "thread_1", ...outputs });
  return runs.submitToolOutputs("thread_1", "run_1" as unknown as Outputs, outputs as object); // as version 4 takes them
}

/** Runs of assistants, which are deprecated and in use. */
export const runCases: readonly OpenAICase[] = [
  {
    name: "run",
    spans: 1,
    unavailable: BEGUN,
    async run({ client }) {
      const promise = client.beta.threads.runs.create("thread_1", REQUEST);
      return { promise: shape(promise), value: describe(await promise) };
    },
  },
  {
    name: "run_stream",
    spans: 1,
    streamed: true,
    usage: CHAT_USAGE,
    unavailable: NO_MODEL,
    async run({ client }) {
      const stream = await client.beta.threads.runs.create("thread_1", { ...REQUEST, stream: true });
      const events: Description[] = [];
      for await (const event of stream) events.push(describe(event));
      return { before: shape(stream), events };
    },
  },
  {
    name: "run_streamHelper",
    spans: 1,
    streamed: true,
    usage: CHAT_USAGE,
    unavailable: NO_MODEL,
    async run({ client }) {
      const runner = client.beta.threads.runs.stream("thread_1", REQUEST);
      return { run: describe(await runner.finalRun()), messages: describe(await runner.finalMessages()) };
    },
  },
  {
    name: "run_createAndRun",
    spans: 1,
    usage: CHAT_USAGE,
    unavailable: NO_MODEL,
    async run({ client }) {
      return describe(await client.beta.threads.createAndRun(REQUEST));
    },
  },
  {
    name: "run_submit",
    spans: 1,
    unavailable: BEGUN,
    async run(context) {
      return describe(await submit(context));
    },
  },
  {
    name: "run_missing",
    spans: 1,
    errorType: /NotFoundError/,
    async run({ client }) {
      return { error: await client.beta.threads.runs.create("thread_9", REQUEST).then(() => null, describe) };
    },
  },
];
