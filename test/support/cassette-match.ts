/** Finds the recording that answers a request which names none. */
import { isDeepStrictEqual } from "node:util";
import type { Cassette } from "./cassettes.ts";

export interface WantedExchange {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly body: unknown;
  /** Looks at this provider's recordings only. */
  readonly provider?: string | undefined;
}

const withoutQuery = (path: string): string => path.replace(/\?.*$/, "").replace(/\/+$/, "");
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
const conversationOf = (body: unknown): unknown =>
  fieldOf(body, "messages") ?? fieldOf(body, "input") ?? fieldOf(body, "prompt");

/** Higher is nearer; negative does not fit at all. Each rule weighs more than the rules below it together. */
function similarity(cassette: Cassette, wanted: WantedExchange): number {
  const recorded = cassette.request;
  if (recorded.method.toUpperCase() !== wanted.method) return -1;
  const [left, right] = [withoutQuery(recorded.path), withoutQuery(wanted.path)];
  if (!left.endsWith(right) && !right.endsWith(left)) return -1;
  const rules: readonly boolean[] = [
    isDeepStrictEqual(recorded.body ?? undefined, wanted.body),
    left === right,
    Boolean(fieldOf(recorded.body, "stream")) === Boolean(fieldOf(wanted.body, "stream")),
    isDeepStrictEqual(conversationOf(recorded.body), conversationOf(wanted.body)),
    fieldOf(recorded.body, "model") === fieldOf(wanted.body, "model"),
    isDeepStrictEqual(fieldOf(recorded.body, "tools"), fieldOf(wanted.body, "tools")),
    cassette.response.status < 400,
  ];
  return rules.reduce((score, holds) => score * 2 + Number(holds), 0);
}

/** The most similar recording; the first of them where several are equally near. */
export function findCassette(cassettes: readonly Cassette[], wanted: WantedExchange): Cassette | undefined {
  let best: Cassette | undefined;
  let bestScore = -1;
  for (const cassette of cassettes) {
    if (wanted.provider !== undefined && cassette.provider !== wanted.provider) continue;
    const score = similarity(cassette, wanted);
    if (score > bestScore) {
      best = cassette;
      bestScore = score;
    }
  }
  return best;
}
