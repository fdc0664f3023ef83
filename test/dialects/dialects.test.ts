/**
 * Spans of other instrumentations, made by the real packages of the same recordings as ours. Normalised, they say the
 * same of the call; where they do not, `differences.ts` names it.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCassettes } from "../support/cassettes.ts";
import { type ReplayServer, startReplayServer } from "../support/replay-server.ts";
import { DIFFERENCES } from "./differences.ts";
import { differences, factsOf, inferenceSpan } from "./facts.ts";
import { play, type SpansById } from "./play.ts";
import { PRODUCERS, RECORDINGS } from "./producers.ts";

const all = loadCassettes();
const cassettes = all.filter(({ id }) => RECORDINGS.some((end) => id.endsWith(end)));
let server: ReplayServer;
let ours: SpansById;

beforeAll(async () => {
  server = await startReplayServer(all);
  ours = await play({ name: "ours", file: "producers/ours.ts" }, cassettes, server.url);
});
afterAll(() => server.close());

describe.each(PRODUCERS)("$name", (producer) => {
  const played = cassettes.filter(
    ({ id, api, provider }) =>
      producer.apis.includes(api) &&
      (provider === "mistral") === (producer.provider === "mistral") &&
      producer.silent?.some((end) => id.endsWith(end)) !== true,
  );
  let theirs: SpansById;
  beforeAll(async () => {
    theirs = await play(producer, played, server.url);
  });

  it.each(played)("says the same of $id as we do, but for the differences named", ({ id }) => {
    const own = inferenceSpan(ours[id] ?? []);
    const other = inferenceSpan(theirs[id] ?? [], producer.operations);
    if (own === undefined || other === undefined) throw new Error(`no span of the call: ${own ? "theirs" : "ours"}`);
    const end = RECORDINGS.find((one) => id.endsWith(one)) ?? "";
    const named = DIFFERENCES[producer.name]?.[end] ?? {};
    expect([...differences(factsOf(own), factsOf(other))].sort()).toEqual(Object.keys(named).sort());
  });
});
