import Anthropic from "@anthropic-ai/sdk";
import { instrument } from "@genspan/instrumentation";
import { GenAISpan, mapTrace, Trace, type VendorFormat, vendors } from "@genspan/mapping";
import { describe, expect, it } from "vitest";
import { replay, suiteRecordings } from "../conformance/recordings/replay.ts";
import { startReplaying } from "../support/replaying.ts";

/**
 * From the usage that a provider reported to what every vendor is told. The numbers are worked out by hand of the raw
 * usage that the recording holds, by the provider's document, in each vendor's own convention: all of them want cached
 * tokens within the input and reasoning within the output (vendors' documents: OpenAI's `usage` at Log10, Noveum and
 * Keywords AI; Galileo's `num_input_tokens`; CyberPod's `input_tokens`).
 */

interface Expected {
  readonly input: number;
  readonly output: number;
  readonly read?: number;
  readonly written?: number;
  readonly reasoning?: number;
}

const cases: readonly (readonly [recording: string, expected: Expected])[] = [
  // prompt_tokens 1420 with cached_tokens 1280 in it; completion_tokens 100.
  [
    "openai-chat-completions-chat-completion-stream-prompt-caching-cache-dabdd8",
    { input: 1420, output: 100, read: 1280, reasoning: 0 },
  ],
  // input_tokens 3727 with cached_tokens 3200 in it; output_tokens 347 with reasoning_tokens 128 in it.
  [
    "openai-responses-openai-responses-thinking-with-code-executio-c4dff2",
    { input: 3727, output: 347, read: 3200, reasoning: 128 },
  ],
  // input_tokens 4, beside it 14210 read and 426 written; output_tokens 290 with thinking_tokens 15 in it.
  [
    "anthropic-messages-anthropic-code-execution-files-cache-prefix-de9091",
    { input: 4 + 14210 + 426, output: 290, read: 14210, written: 426, reasoning: 15 },
  ],
  // Streamed: input_tokens 18, beside it 1031 written; the last output_tokens are 100.
  [
    "anthropic-messages-anthropic-completion-stream-cache-write-f024f3",
    { input: 18 + 1031, output: 100, read: 0, written: 1031 },
  ],
  // promptTokenCount 32, beside it toolUsePromptTokenCount 2395; candidates 41, beside them thoughts 47: together 2515.
  [
    "google-genai-generatecontent-google-model-web-fetch-tool-d62b03",
    { input: 32 + 2395, output: 41 + 47, reasoning: 47 },
  ],
  // Streamed: prompt 19 with 8 cached in it, tool use 69; candidates 47 and thoughts 117: together 252.
  [
    "google-genai-streamgeneratecontent-google-genai-v2-latest-18a286",
    { input: 19 + 69, output: 47 + 117, read: 8, reasoning: 117 },
  ],
  // inputTokens 2, beside it 1322 read; outputTokens 5: totalTokens 1329.
  ["aws-bedrock-converse-bedrock-cache-write-and-read-1cb1aa", { input: 2 + 1322, output: 5, read: 1322, written: 0 }],
  // prompt_tokens 254 with num_cached_tokens 48 in it; completion_tokens 93.
  [
    "mistral-chat-completions-multimodal-tool-return-matrix-tool-return-co-b1b423",
    { input: 254, output: 93, read: 48 },
  ],
  // billed_units 62 and 35; the conventions want what is billed where both are known (968 and 90 were used).
  ["cohere-chat-cohere-v2-chat-legacy-with-tool-calls-and-st-92c4cf", { input: 62, output: 35 }],
  // prompt_tokens 307 with 306 cached; completion_tokens 26, beside them reasoning_tokens 227: total_tokens 560.
  ["xai-chat-completions-xai-tool-call-d859c0", { input: 307, output: 26 + 227, read: 306, reasoning: 227 }],
];

const projectId = "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10";
const options: Readonly<Record<string, object>> = {
  log10: { organizationId: "org_1" },
  galileo: { projectId },
  "galileo-ingest": { projectId },
};
const formats: readonly VendorFormat[] = vendors.map((vendor) => vendor.configure(options[vendor.name]));

/** What a vendor's record says of tokens, under its own names and at its own places. */
const PLACES: Readonly<Record<string, (expected: Expected) => object>> = {
  log10: ({ input, output }) => ({
    response: { usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output } },
  }),
  noveum: ({ input, output }) => ({ attributes: { metadata: { tokens: { input, output, total: input + output } } } }),
  "keywords-ai": ({ input, output, read, written, reasoning }) => ({
    prompt_tokens: input,
    completion_tokens: output,
    ...stated({ prompt_cache_hit_tokens: read, prompt_cache_creation_tokens: written, reasoning_tokens: reasoning }),
    usage: {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      ...(read !== undefined && { prompt_tokens_details: { cached_tokens: read } }),
      ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
      ...stated({ cache_creation_prompt_tokens: written }),
    },
  }),
  galileo: ({ input, output, read, reasoning }) => ({
    metrics: { tokens_input: input, tokens_output: output },
    spans: [
      {
        tokens_input: input,
        tokens_output: output,
        metrics: {
          tokens_total: input + output,
          ...stated({ tokens_input_cached: read, tokens_output_reasoning: reasoning }),
        },
      },
    ],
  }),
  "galileo-ingest": ({ input, output, read, reasoning }) => ({
    traces: [
      {
        spans: [
          {
            metrics: {
              num_input_tokens: input,
              num_output_tokens: output,
              num_total_tokens: input + output,
              ...stated({ num_cached_input_tokens: read, num_reasoning_tokens: reasoning }),
            },
          },
        ],
      },
    ],
  }),
  cyberpod: ({ input, output, read, written }) => ({
    input_tokens: input,
    output_tokens: output,
    ...stated({ cache_read_tokens: read, cache_write_tokens: written }),
    ...(read !== undefined && { cache_hit: read > 0 }),
  }),
};

function stated(counts: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  const known = Object.entries(counts).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return Object.fromEntries(known);
}

const recordings = suiteRecordings();
const { server, tracing } = await startReplaying(recordings);

const traced = () => ({ captureContent: "none", tracerProvider: tracing.provider }) as const;

describe.each(cases)("the usage of %s", (id, expected) => {
  it("is told to every vendor in its own convention, and comes back from its record", async () => {
    const recording = recordings.find((one) => one.id === id);
    if (recording === undefined) throw new Error(id);
    await replay(recording, server.url, traced());
    const span = new GenAISpan(await tracing.spans.only());
    for (const format of formats) {
      const [result] = mapTrace(format, new Trace([span]));
      if (result?.status !== "mapped") throw new Error(`${format.name}: ${JSON.stringify(result)}`);
      const record = JSON.parse(JSON.stringify(result.record)) as object;
      expect(record).toMatchObject(PLACES[format.name]?.(expected) ?? {});
      const back = format.decode(record).map((one) => new GenAISpan(one).usage);
      expect(back.at(-1)).toMatchObject({ input: expected.input, output: expected.output });
    }
  });
});

describe("caches of Anthropic", () => {
  const usage = {
    input_tokens: 10,
    output_tokens: 20,
    cache_read_input_tokens: 300,
    cache_creation_input_tokens: 5000,
    cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 4000 },
  };
  const message = { id: "msg_1", type: "message", role: "assistant", model: "claude-sonnet-4-6", content: [] };

  async function spanFor(body: string, type: string, stream: boolean): Promise<GenAISpan> {
    const fetch = async () => new Response(body, { headers: { "content-type": type } });
    const client = instrument(new Anthropic({ apiKey: "key", fetch }), traced());
    const request = { model: "claude-sonnet-4-6", max_tokens: 9, messages: [] };
    if (stream) for await (const _event of await client.messages.create({ ...request, stream }));
    else await client.messages.create(request);
    return new GenAISpan(await tracing.spans.only());
  }

  const events = [
    { type: "message_start", message: { ...message, usage: { ...usage, output_tokens: 1 } } },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 20 } },
    { type: "message_stop" },
  ];
  const streamed = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");

  it.each([
    ["whole", JSON.stringify({ ...message, stop_reason: "end_turn", usage }), "application/json", false],
    ["streamed", streamed, "text/event-stream", true],
  ])(
    "are told apart by how long they last, and priced so, in an answer that is %s",
    async (_name, body, type, stream) => {
      const span = await spanFor(body, type, stream);
      expect(span.usage).toMatchObject({ input: 5310, output: 20, cacheRead: 300, cacheWrite: 5000 });
      expect(span.usage).toMatchObject({ cacheWrite5m: 1000, cacheWrite1h: 4000 });
      // USD for a million: 3 in, 15 out, 0.30 read, 3.75 written for five minutes, 6 for an hour.
      const usd = 10 * 3 + 20 * 15 + 300 * 0.3 + 1000 * 3.75 + 4000 * 6;
      expect(span.cost).toBeCloseTo(usd / 1e6, 9);
    },
  );
});
