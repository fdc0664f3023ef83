import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
} from "@genspan/semconv";
import { withSortedKeys } from "../../engine/sorted-keys.ts";
import { parsedOr } from "./evidence.ts";

/** JSON text and the value that it stands for are the same, in whatever order its keys are. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  const stood = parsedOr(value);
  return typeof stood === "string" ? stood : JSON.stringify(withSortedKeys(stood));
}

/** Attributes whose values are words out of a list: a vendor has its own for them. */
const ENUMERATED: ReadonlySet<string> = new Set([
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
]);

/** Whether what came back says in other words, or less exactly, what the attribute said. */
export function isSimilarValue(attribute: string, said: unknown, returned: unknown): boolean {
  if (ENUMERATED.has(attribute)) return true;
  const areNumbers = typeof said === "number" && typeof returned === "number";
  return areNumbers && Math.abs(said - returned) <= Math.abs(said) * 0.05;
}
