/** The records that vendors get of foreign spans: valid for each vendor, and of the same content as of our own span. */
import { GenAISpan, mapSpan, type ReadableSpanLike, vendors } from "@genspan/mapping";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCassettes } from "../support/cassettes.ts";
import { type ReplayServer, startReplayServer } from "../support/replay-server.ts";
import { inferenceSpan } from "./facts.ts";
import { play, type SpansById } from "./play.ts";
import { PRODUCERS } from "./producers.ts";
import { VENDOR_OPTIONS } from "./vendor-options.ts";

const all = loadCassettes();
/** The dialects that are furthest from ours: flattened, one JSON for everything, and `ai.*`. */
const FOREIGN = PRODUCERS.filter(({ name }) => /^(OpenInference|Langfuse|ai 5)[\d. ]*$/.test(name));
const cassettes = all.filter(({ id }) => /token-counts-24a998|litellm-instrumentation-cacdb7/.test(id));

/** Content that has a place in the record of a vendor, wherever that is. */
const SAID = [
  "Translate the following from English into Italian",
  "Ciao!",
  "What's the weather like in San Francisco?",
];

describe("of a span of another instrumentation", () => {
  let server: ReplayServer;
  let ours: SpansById;
  const theirs: Record<string, SpansById> = {};
  beforeAll(async () => {
    server = await startReplayServer(all);
    ours = await play({ name: "ours", file: "producers/ours.ts" }, cassettes, server.url);
    for (const producer of FOREIGN) theirs[producer.name] = await play(producer, cassettes, server.url);
  });
  afterAll(() => server.close());

  it.each(vendors.map(({ name }) => name))("%s gets a record with the same content as of ours", (name) => {
    const format = vendors.find((vendor) => vendor.name === name)?.configure(VENDOR_OPTIONS[name] ?? {});
    if (format === undefined) throw new Error("no such vendor");
    const recordOf = (spans: readonly ReadableSpanLike[] = []): string => {
      const span = inferenceSpan(spans) ?? new GenAISpan(spans[0] as ReadableSpanLike); // a producer prints a span of each call
      const result = mapSpan(format, span);
      expect(result.status === "invalid" ? result.problems : []).toEqual([]);
      return result.status === "mapped" ? JSON.stringify(result.record) : "";
    };
    for (const { id } of cassettes) {
      const own = recordOf(ours[id]);
      for (const { name: producer } of FOREIGN) {
        const record = recordOf(theirs[producer]?.[id]);
        const found = (text: string) => SAID.filter((said) => text.includes(said));
        expect(found(record), `${producer} ${id}`).toEqual(found(own));
        for (const tool of ["get_current_weather", "call_SWFIWhfCI6AeHuaV6EM1MRsJ"]) {
          expect(record.includes(tool), `${producer} ${tool}`).toBe(own.includes(tool));
        }
        // No vendor folder knows a dialect: nothing of one is in the record but what tables leave as it is.
        expect(record).not.toMatch(/llm\.input_messages|langfuse\.observation\.(input|usage)|ai\.prompt\.messages/);
      }
    }
  });
});
