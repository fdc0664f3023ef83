import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** The vendor's field table, as its portal prints it. */
const table: readonly { readonly field: string; readonly type: string }[] = JSON.parse(
  readFileSync(
    new URL("../../../packages/mapping/src/cyberpod/testdata/documented-fields.json", import.meta.url),
    "utf8",
  ),
);

/** "Server-assigned", "auto-stamped", "stamped": a client that sends these claims what is not its own. */
const SERVER_STAMPED = new Set([
  "id",
  "tenant_id",
  "app_id",
  "created_at",
  "updated_at",
  "created_by",
  "updated_by",
  "is_deleted",
  "deleted_at",
  "deleted_by",
  "schema_version",
]);

const TYPES: Readonly<Record<string, unknown>> = {
  string: expect.any(String),
  number: expect.any(Number),
  boolean: expect.any(Boolean),
  enum: expect.stringMatching(/^(frontend|backend|server|system|api)$/),
  "date-time": expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  json: expect.anything(),
};

/** Fields whose notes in the table say more than their type. */
const NOTES: Readonly<Record<string, unknown>> = {
  model: expect.stringMatching(/^[^/]+\/.+$/),
  finish_reason: expect.stringMatching(/^(stop|length|tool_calls|error)$/),
  request_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
};

const documented = new Map(
  table
    .filter(({ field }) => !SERVER_STAMPED.has(field))
    .map(({ field, type }) => [field, NOTES[field] ?? TYPES[type]] as const),
);

/** Every field is in the table, is a client's to send, and is of the documented type. */
export function expectCyberPod(record: Readonly<Record<string, unknown>>): void {
  expect(Object.keys(record).filter((field) => !documented.has(field))).toEqual([]);
  for (const [field, value] of Object.entries(record))
    expect({ [field]: value }).toEqual({ [field]: documented.get(field) });
}
