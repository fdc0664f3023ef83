/** Spans that the client library of Mistral makes itself, held against the recordings. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCassettes } from "../support/cassettes.ts";
import { type ReplayServer, startReplayServer } from "../support/replay-server.ts";
import { type Facts, factsOf, inferenceSpan } from "./facts.ts";
import { play, type SpansById } from "./play.ts";

const cassettes = loadCassettes([fileURLToPath(new URL("cassettes", import.meta.url))]);
const text = (content: string) => [{ type: "text", content }];
const none = { tools: undefined, cacheRead: 0, cacheWrite: 0, reasoning: 0 };

/** What the recordings say, by hand. */
const EXPECTED: readonly (readonly [file: string, end: string, facts: Partial<Facts>])[] = [
  [
    "producers/mistral.ts",
    "mistral-v2-latest-ccfc63",
    {
      ...none,
      operation: "chat",
      provider: "mistral_ai",
      requestModel: "mistral-small-2506",
      responseModel: "mistral-small-2506",
      responseId: "cff3ce1477e8412d96ef99691eae901f",
      finishReasons: ["tool_call"],
      input: [
        { role: "user", parts: text("Call the get_exchange_rate tool for USD to EUR. Do not answer with plain text.") },
      ],
      output: [
        {
          role: "assistant",
          parts: [
            {
              type: "tool_call",
              id: "zoktTnMoC",
              name: "get_exchange_rate",
              arguments: { from_currency: "USD", to_currency: "EUR" },
            },
          ],
        },
      ],
      tools: [expect.objectContaining({ type: "function", name: "get_exchange_rate" })],
      inputTokens: 125,
      outputTokens: 22,
    },
  ],
  [
    "producers/mistral.ts",
    "chat-completions-post-c3afa786-4bc3e9",
    { ...none, finishReasons: ["length"], inputTokens: 9, outputTokens: 100, requestModel: "mistral-large-latest" },
  ],
];

describe("native spans", () => {
  let server: ReplayServer;
  const spans: Record<string, SpansById> = {};
  beforeAll(async () => {
    server = await startReplayServer(cassettes);
    const files = [...new Set(EXPECTED.map(([file]) => file))];
    for (const file of files) {
      spans[file] = await play({ name: file, file }, cassettes, server.url);
    }
  });
  afterAll(() => server.close());

  it.each(EXPECTED)("of %s say what the recording %s says", (file, end, facts) => {
    const id = cassettes.find((cassette) => cassette.id.endsWith(end))?.id ?? end;
    const span = inferenceSpan(spans[file]?.[id] ?? []);
    if (span === undefined) throw new Error("no span of the call");
    expect(factsOf(span)).toMatchObject(facts);
  });
});
