import * as semconv from "@genspan/semconv";
import { isFormerFinishReason, OPERATIONS, OUTPUT_TYPES, RENAMED_PROVIDERS } from "./value-maps.ts";

type Attributes = Readonly<Record<string, unknown>>;
type Check = (value: unknown, attributes: Attributes) => boolean;

/** Whether a value under a current name is in a form that only earlier conventions, or a dialect, know. */
const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  [semconv.ATTR_GEN_AI_OPERATION_NAME, (value) => typeof value === "string" && OPERATIONS.has(value)],
  [semconv.ATTR_GEN_AI_PROVIDER_NAME, (value) => typeof value === "string" && RENAMED_PROVIDERS.has(value)],
  [semconv.ATTR_GEN_AI_OUTPUT_TYPE, (value) => typeof value === "string" && OUTPUT_TYPES.has(value)],
  [
    semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
    (value) =>
      Array.isArray(value)
        ? value.some((one) => typeof one !== "string" || one === "" || isFormerFinishReason(one))
        : typeof value === "string",
  ],
  [semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, (value) => typeof value === "string"],
  [
    semconv.ATTR_GEN_AI_REQUEST_TOP_K,
    (value, attributes) => isTopKOfRetrieval(attributes) || typeof value === "string" || isFraction(value),
  ],
  [semconv.ATTR_GEN_AI_INPUT_MESSAGES, (value) => isNoJsonArray(value) || lacks(value, "parts")],
  [semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, (value) => isNoJsonArray(value) || lacks(value, "content")],
  [
    semconv.ATTR_GEN_AI_OUTPUT_MESSAGES,
    (value) => isNoJsonArray(value) || lacks(value, "parts") || saysFinishReasons(value),
  ],
  [
    semconv.ATTR_GEN_AI_TOOL_DEFINITIONS,
    (value) => typeof value === "string" && value.slice(0, EARLY).includes('"function":'),
  ],
]);

/** Names whose values are looked at. */
export const CAREFUL: { has(name: string): boolean } = CHECKS;

export function needsCare(name: string, attributes: Attributes): boolean {
  return CHECKS.get(name)?.(attributes[name], attributes) ?? false;
}

/** Text that is no JSON array: plain text, or a single object. */
function isNoJsonArray(value: unknown): boolean {
  return typeof value === "string" && value !== "" && value.charCodeAt(0) !== 0x5b;
}

/** Where the key stands in the first object of a list that has it. */
const EARLY = 256;

/**
 * Whether the objects of a list seem to have no such key, as the messages of an API have no `parts`. A closer look
 * follows where they do; text of a list that is empty has none to look at.
 */
function lacks(value: unknown, key: "parts" | "content"): boolean {
  if (Array.isArray(value)) return value.some((one) => typeof one === "object" && one !== null && !(key in one));
  if (typeof value !== "string" || value.length < 3) return false;
  const at = value.indexOf(key === "parts" ? '"parts"' : '"content"');
  return at < 0 || at > EARLY;
}

/**
 * Up to 1.41 each message had its own; the conventions say them apart now. Quotes stand everywhere in JSON, underscores
 * hardly anywhere: what begins with one is found to be absent in a tenth of the time.
 */
function saysFinishReasons(value: unknown): boolean {
  return typeof value === "string" && value.includes('_reason"') && value.includes('"finish_reason"');
}

function isTopKOfRetrieval(attributes: Attributes): boolean {
  return (
    attributes[semconv.ATTR_GEN_AI_OPERATION_NAME] === "retrieval" &&
    attributes[semconv.ATTR_GEN_AI_RETRIEVAL_TOP_K] === undefined
  );
}

function isFraction(value: unknown): boolean {
  return typeof value === "number" && !Number.isInteger(value) && Number.isFinite(value);
}
