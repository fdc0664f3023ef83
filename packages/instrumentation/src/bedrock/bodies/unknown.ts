import * as semconv from "@genspan/semconv";
import type { BodyFormat } from "./body-format.ts";

/** A body of no known family: the span says which model was called, for how long, and what the stream's metrics count. */
export const unknownBody: BodyFormat = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  fits: () => true,
  request: () => ({}),
  response: () => ({}),
  stream: () => ({ add: () => {}, response: () => ({}) }),
};
