import { LogTracesIngestRequest$outboundSchema as outbound } from "galileo-generated/models";
import { expect } from "vitest";

/** Fields whose keys are data and stay as they are. */
const OPAQUE = new Set(["user_metadata", "dataset_metadata", "metadata", "tools"]);
/** Metrics that the client knows by name; it takes others as they are. */
const METRICS = new Set(["duration_ns"]);
const LLM_METRICS = new Set([
  ...METRICS,
  "num_input_tokens",
  "num_output_tokens",
  "num_total_tokens",
  "time_to_first_token_ns",
]);
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

/** The vendor's client takes its own spelling and dates. */
function asClientInput(value: unknown, key = "", known: ReadonlySet<string> = METRICS): unknown {
  if (OPAQUE.has(key) || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => asClientInput(item));
  const metrics = "type" in value && value.type === "llm" ? LLM_METRICS : METRICS;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      key === "metrics" && !known.has(name) ? name : camelCase(name),
      name === "created_at" ? new Date(String(item)) : asClientInput(item, name, metrics),
    ]),
  );
}

function idsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    typeof item === "string" && /^(id|trace_id|parent_id|session_id|log_stream_id|experiment_id)$/.test(name)
      ? [item]
      : OPAQUE.has(name) || name === "tool_calls" // whose ids are the provider's
        ? []
        : idsOf(item),
  );
}

/** What the vendor's generated client would send of this body is the body: nothing unknown, nothing of a wrong type. */
export function expectGalileoIngest(body: unknown): void {
  const sent: unknown = outbound.parse(asClientInput(body));
  expect(JSON.parse(JSON.stringify(sent))).toEqual(body);
  for (const id of idsOf(body)) expect(id).toMatch(UUID4);
}
