/**
 * Recordings with odd values put in. Whatever a provider sends and an application asks, the application must get the same
 * with instrumentation, the span must end, and what stands on it must be well formed. `GENSPAN_MUTATIONS` is the number of
 * variants of each recording.
 */
import { status } from "@genspan/instrumentation";
import { describe, expect, it } from "vitest";
import type { Cassette } from "../support/cassettes.ts";
import { liveCheck } from "../support/live-check.ts";
import { startReplaying } from "../support/replaying.ts";
import { OWN_OPERATIONS } from "./behaviour/span-fault.ts";
import { mutated } from "./recordings/mutate.ts";
import { replayOf } from "./recordings/recorded-clients.ts";
import { notReplayed, replay, suiteRecordings } from "./recordings/replay.ts";

const variants = Number(process.env["GENSPAN_MUTATIONS"] ?? 4);
const recordings = suiteRecordings().filter((cassette) => !notReplayed(cassette));
const variantsOf = (cassette: Cassette): readonly Cassette[] =>
  Array.from({ length: variants }, (_, seed) => mutated(cassette, seed + 1));

function checksFirst(cassette: Cassette): boolean {
  const found = replayOf(cassette);
  return typeof found !== "string" && found.client.checksFirst === true;
}

const { server, tracing } = await startReplaying(recordings.flatMap(variantsOf));

describe.each(recordings)("variants of $id", (recording) => {
  it("behave the same and leave one well-formed span each, without a failure of our own", async () => {
    for (const cassette of variantsOf(recording)) {
      tracing.spans.clear();
      const sentBefore = server.requests.length;
      const bare = await replay(cassette, server.url);
      const isSent = server.requests.length > sentBefore;
      const options = { captureContent: "span", captureRaw: true, tracerProvider: tracing.provider } as const;
      const traced = await replay(cassette, server.url, options);
      expect(traced, cassette.id).toEqual(bare);
      if (isSent || !checksFirst(cassette)) await tracing.spans.settle(1);
      const { ended, open } = tracing.spans;
      const isRefused = bare.error !== undefined && !isSent && checksFirst(cassette) && ended.length === 0;
      expect([ended.length, open.length], cassette.id).toEqual([isRefused ? 0 : 1, 0]);
      const violations = ended
        .flatMap((span) => liveCheck(span, { content: true, ownOperations: OWN_OPERATIONS }))
        .filter(({ policy }) => policy !== "genai_expected_attribute_missing");
      expect(violations, cassette.id).toEqual([]);
      expect(status().lastOwnError, cassette.id).toBeUndefined();
    }
  });
});
