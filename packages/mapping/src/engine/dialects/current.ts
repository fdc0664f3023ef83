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
  [semconv.ATTR_GEN_AI_INPUT_MESSAGES, isNoJsonArray],
  [semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, isNoJsonArray],
  [semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, (value) => isNoJsonArray(value) || saysFinishReasons(value)],
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

/** Up to 1.41 each message had its own; the conventions say them apart now. */
function saysFinishReasons(value: unknown): boolean {
  return typeof value === "string" && value.includes('"finish_reason"');
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
