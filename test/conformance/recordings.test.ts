/**
 * Replays every recording through the real client, bare and instrumented. The application must get the same, and the span
 * must say what the recording says. `GENSPAN_CASSETTES=dir[,dir]` replays other directories of recordings instead.
 */
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterAll, describe, expect, it } from "vitest";
import { bodyPieces, type Cassette } from "../support/cassettes.ts";
import { parseJson } from "../support/http.ts";
import { liveCheck } from "../support/live-check.ts";
import { spansOfOperation } from "../support/registry.ts";
import { startReplayServer } from "../support/replay-server.ts";
import { startReplaying } from "../support/replaying.ts";
import { OWN_OPERATIONS } from "./behaviour/span-fault.ts";
import { contentTexts, leakedTexts, stringsIn } from "./recordings/content.ts";
import { countPassed, countsBySurface } from "./recordings/counts.ts";
import type { Outcome } from "./recordings/outcome.ts";
import type { ExpectedSpan } from "./recordings/recorded-client.ts";
import { replayOf } from "./recordings/recorded-clients.ts";
import { notReplayed, replay, requestOf, suiteRecordings } from "./recordings/replay.ts";
import { recordedRoute } from "./recordings/replay-fetch.ts";

const all = suiteRecordings();
const replayed = all.filter((cassette) => !notReplayed(cassette));

const { server, tracing } = await startReplaying(all);
afterAll(() => console.log(countsBySurface(all)));

interface Call {
  readonly outcome: Outcome;
  readonly span: ReadableSpan;
}

async function tracedCall(cassette: Cassette, content: boolean): Promise<Call> {
  tracing.spans.clear();
  const options = { captureContent: content ? "span" : "none", captureRaw: content } as const;
  const outcome = await replay(cassette, server.url, { ...options, tracerProvider: tracing.provider });
  return { outcome, span: await tracing.spans.only() };
}

describe.each(replayed)("recording $id", (cassette) => {
  it("gives the application the same, and says on one span what was recorded", async () => {
    const bare = await replay(cassette, server.url);
    expect(server.requests.at(-1)?.path.replace(/\?.*$/, "")).toBe(recordedRoute(cassette));
    expect(tracing.spans.started).toHaveLength(0);

    const without = await tracedCall(cassette, false);
    expect(without.outcome).toEqual(bare);
    checkSpan(cassette, without, false);
    checkSampling(without.span);
    expect(leakedTexts(cassette, `${textOf(without.span)}\n${unescaped(without.span)}`)).toEqual([]);

    const withContent = await tracedCall(cassette, true);
    expect(withContent.outcome).toEqual(bare);
    checkSpan(cassette, withContent, true);
    checkContent(cassette, withContent);
    await checkRaw(cassette, withContent);
    countPassed(cassette);
  });
});

describe.each(replayed.filter(({ response }) => bodyPieces(response).length > 3))("broken stream $id", (cassette) => {
  it("ends the span with an error when the connection breaks, and the application sees the same error", async () => {
    const broken = await startReplayServer(all, { cut: 2 });
    try {
      const bare = await replay(cassette, broken.url);
      const outcome = await replay(cassette, broken.url, { tracerProvider: tracing.provider });
      expect(outcome).toEqual(bare);
      await tracing.spans.settle(1);
      expect(tracing.spans.open).toEqual([]);
      expect(tracing.spans.ended).toHaveLength(1);
      const [span] = tracing.spans.ended;
      expect(Boolean(span?.attributes["error.type"])).toBe(bare.error !== undefined);
    } finally {
      await broken.close();
    }
  });
});

it("replays recordings, and says why each of the others is not replayed", () => {
  expect(replayed).not.toEqual([]);
  expect(all.filter((cassette) => notReplayed(cassette) === "")).toEqual([]);
});

/** The content attributes hold JSON text, so that their texts are escaped twice in the text of the span. */
const unescaped = (span: ReadableSpan): string => Object.values(span.attributes).join("\n");

/** Everything of a span that leaves the process, as text. */
const textOf = ({ name, attributes, events, status, links }: ReadableSpan): string =>
  JSON.stringify({ name, attributes, events, status, links });

function checkSpan(cassette: Cassette, { outcome, span }: Call, content: boolean): void {
  const { client } = playing(cassette);
  const { applicable, unavailable, usage, identity, finishReasons } = client.expected(cassette);
  const violations = liveCheck(span, { content, applicable, unavailable, ownOperations: OWN_OPERATIONS });
  expect(violations).toEqual([]);
  for (const [name, tokens] of Object.entries(usage)) {
    // A count of zero may be left out: nothing was cached, or no reasoning was done.
    if (tokens !== 0 || span.attributes[name] !== undefined) expect(span.attributes[name], name).toBe(tokens);
  }
  expectInvariants(span, usage);
  if (!outcome.error) expect(span.attributes).toMatchObject(identity);
  if (finishReasons) expect(span.attributes["gen_ai.response.finish_reasons"]).toEqual(finishReasons);
  if (outcome.error) expect(span.attributes["error.type"]).toEqual(expect.any(String));
  const { host, hostname } =
    client.server === "replay" ? new URL(server.url) : new URL(`http://${cassette.request.host}`);
  const port = Number(host.split(":")[1] ?? 443);
  expect(span.attributes).toMatchObject({ "server.address": hostname, "server.port": port });
}

/**
 * The parts of a count are no more than the whole, whatever the provider's own way of counting is, except where the provider's
 * figures themselves contradict each other: those are passed on as they are.
 */
function expectInvariants({ attributes }: ReadableSpan, recorded: ExpectedSpan["usage"]): void {
  const wholes = { input: ["cache_read.input", "cache_write.input"], output: ["reasoning.output"] };
  for (const [whole, parts] of Object.entries(wholes)) {
    const excess = (source: Readonly<Record<string, unknown>>): number => {
      const tokens = (name: string): number => Number(source[`gen_ai.usage.${name}_tokens`] ?? 0);
      return parts.reduce((sum, part) => sum + tokens(part), 0) - tokens(whole);
    };
    if (excess(recorded) <= 0) expect(excess(attributes), `${parts.join(" + ")} - ${whole}`).toBeLessThanOrEqual(0);
  }
}

function playing(cassette: Cassette): Exclude<ReturnType<typeof replayOf>, string> {
  const found = replayOf(cassette);
  if (typeof found === "string") throw new Error(found);
  return found;
}

/** What a sampler needs stands on the span from its creation. */
function checkSampling(span: ReadableSpan): void {
  const [atStart] = [...tracing.spans.atStart.values()];
  const definitions = spansOfOperation(String(span.attributes["gen_ai.operation.name"]));
  const relevant = definitions.flatMap(({ attributes }) => attributes.filter((it) => it.sampling_relevant));
  for (const { id } of relevant) expect(atStart?.[id], id).toEqual(span.attributes[id]);
}

function checkContent(cassette: Cassette, { outcome, span }: Call): void {
  const { promptTexts, answerTexts } = playing(cassette).client.expected(cassette);
  if (promptTexts.length === 0) return;
  const asked = ["gen_ai.input.messages", "gen_ai.system_instructions"].flatMap((name) =>
    stringsIn(span.attributes[name]),
  );
  for (const text of promptTexts) expect(asked).toContain(text);
  // The search that found nothing in the span without content does find content.
  if (contentTexts(cassette).length > 0) expect(leakedTexts(cassette, unescaped(span))).not.toEqual([]);
  if (outcome.error) return;
  const said = stringsIn(span.attributes["gen_ai.output.messages"]);
  for (const text of answerTexts) expect(said).toContain(text);
}

/** What was sent and what was received, as JSON text; chunks as the provider sent them, before the client completes them. */
async function checkRaw(cassette: Cassette, { outcome, span }: Call): Promise<void> {
  const { surface } = playing(cassette);
  const check = (name: string, expected: unknown): void => {
    if (expected === undefined) return;
    expect(parseJson(String(span.attributes[`genspan.raw.${name}`])), name).toEqual(withoutCredentials(expected));
  };
  check("request", surface.rawRequest ? surface.rawRequest(cassette) : await requestOf(cassette));
  const { value, chunks, error } = outcome;
  check("response", surface.rawResponse ? surface.rawResponse(cassette, value) : value);
  if (chunks && !error) check("chunks", surface.rawChunks ? surface.rawChunks(cassette) : chunks);
}

/** The value as JSON gives it back, but for the fields of an MCP server that may hold secrets. */
function withoutCredentials(value: unknown): unknown {
  const text = JSON.stringify(value, function (this: object, key, inner: unknown) {
    return /^(authorization|headers)$/.test(key) && "server_label" in this ? "[left out]" : inner;
  });
  return parseJson(text ?? "");
}
