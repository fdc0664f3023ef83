import { unavailable } from "../engine/readers.ts";
import type { Mapping } from "../engine/rows.ts";

/** Galileo's seventh type of object, in its OpenAPI document only (npm galileo-generated 0.2.14 lacks it). */
export interface ControlFields {
  readonly input?: unknown;
  readonly output?: unknown;
  readonly control_id?: string;
  readonly agent_name?: string;
  readonly check_stage?: "pre" | "post";
  readonly applies_to?: string;
  readonly evaluator_name?: string;
  readonly selector_path?: string;
}

const NO_OPERATION = unavailable("the conventions have no operation for the check of a guardrail");

export const controlRows: Mapping<ControlFields, unknown> = {
  input: NO_OPERATION,
  output: NO_OPERATION,
  control_id: NO_OPERATION,
  agent_name: NO_OPERATION,
  check_stage: NO_OPERATION,
  applies_to: NO_OPERATION,
  evaluator_name: NO_OPERATION,
  selector_path: NO_OPERATION,
};
