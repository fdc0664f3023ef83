/** Content in log events instead of on spans, for every recording of a model call that has messages. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Cassette } from "../support/cassettes.ts";
import { contentFault, hasContentSchema } from "../support/content-schemas.ts";
import { MemoryLogs } from "../support/logging.ts";
import { startReplaying } from "../support/replaying.ts";
import { leakedTexts, stringsIn } from "./recordings/content.ts";
import type { Outcome } from "./recordings/outcome.ts";
import type { ExpectedSpan } from "./recordings/recorded-client.ts";
import { replayOf } from "./recordings/recorded-clients.ts";
import { replay, suiteRecordings } from "./recordings/replay.ts";

const expectedOf = (cassette: Cassette): ExpectedSpan | undefined => {
  const found = replayOf(cassette);
  return typeof found === "string" ? undefined : found.client.expected(cassette);
};
const recordings = suiteRecordings().filter((cassette) => (expectedOf(cassette)?.promptTexts.length ?? 0) > 0);
let logs: MemoryLogs;
const { server, tracing } = await startReplaying(recordings);
beforeEach(() => {
  logs = new MemoryLogs();
});

async function call(cassette: Cassette, captureContent: "event" | "none"): Promise<Outcome> {
  const options = { captureContent, tracerProvider: tracing.provider, loggerProvider: logs };
  const outcome = await replay(cassette, server.url, options);
  await tracing.spans.settle(1);
  return outcome;
}

const contentOf = (attributes: Readonly<Record<string, unknown>>): readonly string[] =>
  ["gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions"].flatMap((name) =>
    stringsIn(attributes[name]),
  );

describe.each(recordings)("content of $id", (cassette) => {
  it("is in one event of the span, in the form of the conventions, and not on the span", async () => {
    const { error } = await call(cassette, "event");
    const [span] = tracing.spans.ended;
    const details = logs.records.filter(({ eventName }) => eventName === "gen_ai.client.inference.operation.details");
    expect(details).toHaveLength(1);
    expect(details[0]?.spanId).toBe(span?.spanContext().spanId);
    const attributes = details[0]?.attributes ?? {};
    const faults = Object.entries(attributes)
      .filter(([name]) => hasContentSchema(name))
      .map(([name, value]) => contentFault(name, value))
      .filter(Boolean);
    expect(faults).toEqual([]);
    const { promptTexts = [], answerTexts = [] } = expectedOf(cassette) ?? {};
    const texts = [...promptTexts, ...(error ? [] : answerTexts)];
    for (const text of texts) expect(contentOf(attributes)).toContain(text);
    expect(leakedTexts(cassette, JSON.stringify([span?.name, span?.attributes, span?.events]))).toEqual([]);
  });

  it("is in no event where content was not asked for; a failure is one event with its exception", async () => {
    const { error } = await call(cassette, "none");
    const names = logs.records.map(({ eventName }) => eventName);
    expect(names).toEqual(error ? ["gen_ai.client.operation.exception"] : []);
    if (!error) return;
    const message = logs.records[0]?.attributes["exception.message"];
    expect(logs.records[0]).toMatchObject({ severityNumber: 13, spanId: tracing.spans.ended[0]?.spanContext().spanId });
    expect(message).toBe(error.message);
  });
});
