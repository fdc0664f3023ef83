/** How many recordings of each provider and surface held, and why the others were not replayed. */
import type { Cassette } from "../../support/cassettes.ts";
import { replayOf } from "./recorded-clients.ts";
import { notReplayed } from "./replay.ts";

const passed = new Set<string>();

export function countPassed(cassette: Cassette): void {
  passed.add(cassette.id);
}

/** A line for each provider, surface and client, and one for each recording that is not replayed. */
export function countsBySurface(recordings: readonly Cassette[]): string {
  const groups = new Map<string, Cassette[]>();
  for (const cassette of recordings) {
    const found = replayOf(cassette);
    const key = [cassette.provider, cassette.api, typeof found === "string" ? "-" : found.client.module].join(" | ");
    groups.set(key, [...(groups.get(key) ?? []), cassette]);
  }
  const rows = [...groups]
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([key, members]) => {
      const held = members.filter(({ id }) => passed.has(id)).length;
      const reasons = new Set(members.map(notReplayed).filter(Boolean));
      return [key, `${held} of ${members.length}`, ...reasons].join(" | ");
    });
  const title = "provider | surface | client | recordings that behaved the same and have a correct span";
  return [title, ...rows, `total: ${passed.size} of ${recordings.length}`].join("\n");
}
