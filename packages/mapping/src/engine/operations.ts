import {
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from "@genspan/semconv";

/** Values of `gen_ai.operation.name` by what they have in common. */

/** A model is asked, and answers in words. */
export const COMPLETION_OPERATIONS: ReadonlySet<string | undefined> = new Set([
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
]);

/** A model is called; what other operations say that they used is the sum of such calls. */
export const MODEL_OPERATIONS: ReadonlySet<string | undefined> = new Set([
  ...COMPLETION_OPERATIONS,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
]);
