import { readFileSync } from "node:fs";
import { expect } from "vitest";

type Json = Readonly<Record<string, unknown>>;

/** The three example logs of the vendor's document. */
const examples: readonly Json[] = JSON.parse(
  readFileSync(
    new URL("../../../packages/mapping/src/noveum/testdata/documented.records.json", import.meta.url),
    "utf8",
  ),
);

/** Bodies are as the provider has them; all else has names and types of the log's own. */
const BODIES = /^attributes\.(request|response)$/;

/** Path and type of every value, such as `attributes.metadata.tokens.input number`. */
function shapeOf(value: unknown, path = ""): readonly string[] {
  if (BODIES.test(path)) return [`${path} body`];
  if (typeof value !== "object" || value === null) return [`${path} ${value === null ? "null" : typeof value}`];
  return Object.entries(value)
    .flatMap(([name, inner]) => shapeOf(inner, path === "" ? name : `${path}.${name}`))
    .sort();
}

const shapes = examples.map((example) => shapeOf(example));

/** A log that was answered has the shape of the examples to the last field. */
export function expectNoveumSuccess(record: Json): void {
  expect(shapes).toContainEqual(shapeOf(record));
  expectTimestamp(record);
}

/** A log of a call that gives less (no answer, no output tokens) has nothing that the examples have not. */
export function expectNoveumPart(record: Json): void {
  const known = new Set(shapes.flat());
  expect(shapeOf(record).filter((field) => !known.has(field))).toEqual([]);
  for (const field of ["timestamp", "name", "attributes.id", "attributes.model", "attributes.metadata.status"]) {
    expect(shapeOf(record)).toContain(`${field} string`);
  }
  expectTimestamp(record);
}

function expectTimestamp({ timestamp, name }: Json): void {
  expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(name).toBe("ai_gateway_request_log");
}
