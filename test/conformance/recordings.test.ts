/**
 * Replays every recording through the real client, bare and instrumented. The application must get the same, and the span
 * must say what the recording says. `GENSPAN_CASSETTES=dir[,dir]` adds directories of recordings.
 */
import { instrument } from "@genspan/instrumentation";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CASSETTE_DIRECTORY, type Cassette, loadCassettes } from "../support/cassettes.ts";
import { parseJson } from "../support/http.ts";
import { liveCheck } from "../support/live-check.ts";
import { spansOfOperation } from "../support/registry.ts";
import { type ReplayServer, startReplayServer } from "../support/replay-server.ts";
import { startTracing, type Tracing } from "../support/tracing.ts";
import { OWN_OPERATIONS } from "./behaviour/span-fault.ts";
import { answerTexts, contentTexts, leakedTexts, promptTexts, stringsIn } from "./recordings/content.ts";
import {
  applicableAttributes,
  expectedFinishReasons,
  expectedIdentity,
  expectedUsage,
  responseObjects,
  unavailableAttributes,
} from "./recordings/expected.ts";
import { type Outcome, outcomeOf } from "./recordings/outcome.ts";
import { clientFor, notReplayed, SURFACES } from "./recordings/surfaces.ts";

const extra = (process.env["GENSPAN_CASSETTES"] ?? "").split(",").filter(Boolean);
const byId = new Map(loadCassettes([CASSETTE_DIRECTORY, ...extra]).map((cassette) => [cassette.id, cassette]));
const all = [...byId.values()];
const replayed = all.filter((cassette) => !notReplayed(cassette));
const passed = new Map<string, number>();

let server: ReplayServer;
let tracing: Tracing;
beforeAll(async () => {
  server = await startReplayServer(all);
  tracing = startTracing();
});
afterEach(() => tracing.spans.clear());
afterAll(async () => {
  console.log(summary());
  await tracing.shutdown();
  await server.close();
});

interface Call {
  readonly outcome: Outcome;
  readonly span: ReadableSpan;
}

const bareCall = (cassette: Cassette): Promise<Outcome> => {
  const client = clientFor(cassette, server.url);
  return outcomeOf(async () => SURFACES[cassette.api]?.call(client, cassette));
};

async function tracedCall(cassette: Cassette, content: boolean): Promise<Call> {
  tracing.spans.clear();
  const client = instrument(clientFor(cassette, server.url), {
    captureContent: content ? "span" : "none",
    captureRaw: content,
    tracerProvider: tracing.provider,
  });
  const outcome = await outcomeOf(async () => SURFACES[cassette.api]?.call(client, cassette));
  await tracing.spans.settle(1);
  const [span, ...others] = tracing.spans.ended;
  if (!span || others.length > 0 || tracing.spans.open.length > 0) {
    throw new Error(`${tracing.spans.ended.length} spans ended, ${tracing.spans.open.length} open, expected one ended`);
  }
  return { outcome, span };
}

function summary(): string {
  const keys = [...new Set(all.map(({ provider, api }) => `${provider} ${api}`))].sort();
  const rows = keys.map((key) => {
    const recordings = all.filter(({ provider, api }) => `${provider} ${api}` === key);
    const reasons = new Set(recordings.map(notReplayed).filter(Boolean));
    return `${key}: ${passed.get(key) ?? 0} of ${recordings.length} ${[...reasons].map((reason) => `(${reason})`).join(" ")}`;
  });
  const total = [...passed.values()].reduce((sum, count) => sum + count, 0);
  return [
    "recordings that behaved the same and have a correct span:",
    ...rows,
    `total: ${total} of ${all.length}`,
  ].join("\n");
}

describe.each(replayed)("recording $id", (cassette) => {
  it("gives the application the same, and says on one span what was recorded", async () => {
    const bare = await bareCall(cassette);
    expect(server.requests.at(-1)?.path).toBe(cassette.request.path);
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
    checkRaw(cassette, withContent);

    const key = `${cassette.provider} ${cassette.api}`;
    passed.set(key, (passed.get(key) ?? 0) + 1);
  });
});

describe.each(replayed.filter(({ response }) => (response.sse?.length ?? 0) > 3))("broken stream $id", (cassette) => {
  it("ends the span with an error when the connection breaks, and the application sees the same error", async () => {
    const broken = await startReplayServer(all, { cut: 2 });
    try {
      const call = (client: ReturnType<typeof clientFor>): Promise<Outcome> =>
        outcomeOf(async () => SURFACES[cassette.api]?.call(client, cassette));
      const bare = await call(clientFor(cassette, broken.url));
      const outcome = await call(instrument(clientFor(cassette, broken.url), { tracerProvider: tracing.provider }));
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

it("says why each of the other recordings is not replayed", () => {
  const others = all.filter((cassette) => notReplayed(cassette) && !extra.length);
  expect(others.map(({ api }) => api).sort()).toEqual(
    extra.length ? [] : ["assistants", "responses.compact", "responses.retrieve"],
  );
});

/** The content attributes hold JSON text, so that their texts are escaped twice in the text of the span. */
const unescaped = (span: ReadableSpan): string => Object.values(span.attributes).join("\n");

/** Everything of a span that leaves the process, as text. */
const textOf = ({ name, attributes, events, status, links }: ReadableSpan): string =>
  JSON.stringify({ name, attributes, events, status, links });

function checkSpan(cassette: Cassette, { outcome, span }: Call, content: boolean): void {
  const violations = liveCheck(span, {
    content,
    applicable: applicableAttributes(cassette),
    unavailable: unavailableAttributes(cassette),
    ownOperations: OWN_OPERATIONS,
  });
  expect(violations).toEqual([]);
  // OpenAI's moderations report no usage; that of other services has no place in the conventions.
  const usage = cassette.api === "moderations" ? {} : expectedUsage(cassette);
  for (const [name, tokens] of Object.entries(usage)) {
    // A count of zero may be left out: nothing was cached, or no reasoning was done.
    if (tokens !== 0 || span.attributes[name] !== undefined) expect(span.attributes[name], name).toBe(tokens);
  }
  if (!outcome.error) expect(span.attributes).toMatchObject(expectedIdentity(cassette));
  const reasons = expectedFinishReasons(cassette);
  if (reasons) expect(span.attributes["gen_ai.response.finish_reasons"]).toEqual(reasons);
  if (outcome.error) expect(span.attributes["error.type"]).toEqual(expect.any(String));
  const [host, port] = cassette.request.host.split(":");
  expect(span.attributes).toMatchObject({ "server.address": host, "server.port": Number(port ?? 443) });
}

/** What a sampler needs stands on the span from its creation. */
function checkSampling(span: ReadableSpan): void {
  const [atStart] = [...tracing.spans.atStart.values()];
  const definitions = spansOfOperation(String(span.attributes["gen_ai.operation.name"]));
  const relevant = definitions.flatMap(({ attributes }) => attributes.filter((it) => it.sampling_relevant));
  for (const { id } of relevant) expect(atStart?.[id], id).toEqual(span.attributes[id]);
}

function checkContent(cassette: Cassette, { outcome, span }: Call): void {
  if (!/^(chat\.completions|completions|responses)$/.test(cassette.api)) return;
  const asked = ["gen_ai.input.messages", "gen_ai.system_instructions"].flatMap((name) =>
    stringsIn(span.attributes[name]),
  );
  for (const text of promptTexts(cassette)) expect(asked).toContain(text);
  // The search that found nothing in the span without content does find content.
  if (contentTexts(cassette).length > 0) expect(leakedTexts(cassette, unescaped(span))).not.toEqual([]);
  if (outcome.error) return;
  const said = stringsIn(span.attributes["gen_ai.output.messages"]);
  for (const text of answerTexts(cassette)) expect(said).toContain(text);
}

/** What was sent and what was received, as JSON text; chunks as the provider sent them, before the client completes them. */
function checkRaw(cassette: Cassette, { outcome, span }: Call): void {
  const raw = (name: string): unknown => parseJson(String(span.attributes[`genspan.raw.${name}`]));
  if (!cassette.request.multipart) expect(raw("request")).toEqual(withoutCredentials(cassette.request.body));
  if (outcome.value !== undefined) expect(raw("response")).toEqual(withoutCredentials(outcome.value));
  if (outcome.chunks && !outcome.error) {
    const sent = responseObjects(cassette);
    expect(raw("chunks")).toEqual(withoutCredentials(sent));
  }
}

/** The value as JSON gives it back, but for the fields of an MCP server that may hold secrets. */
function withoutCredentials(value: unknown): unknown {
  const text = JSON.stringify(value, function (this: object, key, inner: unknown) {
    return /^(authorization|headers)$/.test(key) && "server_label" in this ? "[left out]" : inner;
  });
  return parseJson(text ?? "");
}
