/** Asks a recording again through its client, bare or traced. */
import { instrument } from "@genspan/instrumentation";
import { CASSETTE_DIRECTORY, type Cassette, loadCassettes } from "../../support/cassettes.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { replayOf } from "./recorded-clients.ts";

type Options = NonNullable<Parameters<typeof instrument>[1]>;

/** Ours, or those of the directories in `GENSPAN_CASSETTES`. Each once. */
export function suiteRecordings(): readonly Cassette[] {
  const others = (process.env["GENSPAN_CASSETTES"] ?? "").split(",").filter(Boolean);
  const found = loadCassettes(others.length > 0 ? others : [CASSETTE_DIRECTORY]);
  return [...new Map(found.map((cassette) => [cassette.id, cassette])).values()];
}

/** Why a recording is not replayed, or undefined where it is. */
export function notReplayed(cassette: Cassette): string | undefined {
  const found = replayOf(cassette);
  return typeof found === "string" ? found : undefined;
}

/** With options, the client is instrumented. */
export async function replay(cassette: Cassette, replayUrl: string, options?: Options): Promise<Outcome> {
  const found = replayOf(cassette);
  if (typeof found === "string") throw new Error(`${cassette.id}: ${found}`);
  const { client, surface } = found;
  const made = client.create(cassette, replayUrl);
  const target = options ? instrument(made, options) : made;
  const request = await requestOf(cassette);
  return outcomeOf(() => surface.call(target, request, cassette), surface.stream);
}

/** What the application passes to the client's method. */
export async function requestOf(cassette: Cassette): Promise<never> {
  const found = replayOf(cassette);
  const own = typeof found === "string" ? undefined : found.surface.request?.(cassette);
  return (await (own ?? structuredClone(cassette.request.body))) as never; // bodies of other libraries: no client's type
}
