import { json } from "../engine/json-text.ts";
import { isObject } from "../engine/message-guards.ts";

/**
 * What the gateway does to bodies before it indexes them, so that Elasticsearch sees one type in each field: content
 * and errors that are objects become JSON text, seeds become text. Source: src/telemetry/mod.rs of Noveum/ai-gateway.
 * The given body stays as it was.
 */
export function sanitised(body: unknown): unknown {
  if (!isObject(body)) return body;
  return mapFields(body, {
    messages: each((message) => mapFields(message, { content: flat })),
    error: flat,
    data: (data) => mapFields(data, { error: flat }),
    choices: each((choice) => mapFields(choice, { seed: numberAsText })),
    streamed_data: each((chunk) =>
      mapFields(chunk, {
        error: flat,
        choices: each((choice) =>
          mapFields(choice, { seed: numberAsText, delta: (delta) => mapFields(delta, { content: flat }) }),
        ),
      }),
    ),
  });
}

type Change = (value: unknown) => unknown;

/** A copy of an object with these of its fields changed; anything else as it is. */
function mapFields(value: unknown, changes: Readonly<Record<string, Change>>): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const change = Object.hasOwn(changes, name) ? changes[name] : undefined;
      return [name, change === undefined ? field : change(field)];
    }),
  );
}

function each(change: Change): Change {
  return (value) => (Array.isArray(value) ? value.map(change) : value);
}

const flat: Change = (value) => (typeof value === "object" && value !== null ? json(value) : value);

const numberAsText: Change = (value) => (typeof value === "number" ? String(value) : value);
