/** Recordings with values in their requests and responses that no documentation foresees; the same seed gives the same ones. */
import type { Cassette } from "../../support/cassettes.ts";
import { parseJson } from "../../support/http.ts";

type Random = () => number;

/** Marsaglia's xorshift32, in [0, 1). */
function randomOf(seed: number): Random {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  "",
  "text",
  "[{",
  "\ud800",
  [],
  {},
  [null],
  [[]],
  ["text", 1, {}],
  { type: 7 },
  { type: "text" },
  { type: "future_thing", id: 1 },
];

/** Replaces, drops or repeats about one in thirty values. */
function disturbed(value: unknown, random: Random): unknown {
  if (random() < 1 / 30) return structuredClone(ODD_VALUES[Math.floor(random() * ODD_VALUES.length)]);
  if (Array.isArray(value)) {
    const items = value.filter(() => random() > 1 / 30).map((item) => disturbed(item, random));
    return random() < 1 / 30 ? [...items, ...items] : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => random() > 1 / 30)
      .map(([field, inner]) => [field, disturbed(inner, random)]),
  );
}

/** Fields that decide how the client reads the answer: another value would be another call. */
const KEPT = ["stream", "model"] as const;

function disturbedRequest(body: unknown, random: Random): unknown {
  const changed = disturbed(body, random);
  if (typeof body !== "object" || body === null || typeof changed !== "object" || changed === null) return body;
  const kept = KEPT.filter((field) => field in body).map((field) => [field, Reflect.get(body, field)]);
  return { ...changed, ...Object.fromEntries(kept) };
}

function disturbedEvent(event: string, random: Random): string {
  return event.replace(/^data: ?(.*)$/gm, (line, data: string) => {
    const value = parseJson(data);
    return value === undefined ? line : `data: ${JSON.stringify(disturbed(value, random))}`;
  });
}

export function mutated(cassette: Cassette, seed: number): Cassette {
  const hash = [...cassette.id].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed * 7919);
  const random = randomOf(hash);
  for (let warmUp = 0; warmUp < 10; warmUp++) random();
  const { request, response } = cassette;
  return {
    ...cassette,
    id: `${cassette.id}-${seed}`,
    request: { ...request, body: disturbedRequest(request.body, random) },
    response: {
      ...response,
      ...(response.sse ? { sse: response.sse.map((event) => disturbedEvent(event, random)) } : {}),
      ...(response.body === undefined ? {} : { body: disturbed(response.body, random) }),
    },
  };
}
