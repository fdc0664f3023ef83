import type { OutputMessage } from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, ChunkFold, InputContent } from "../../adapter.ts";

/** The JSON that InvokeModel passes to a family of models and back, in that family's own words. */
export interface BodyFormat {
  /** `gen_ai.operation.name`. */
  readonly operation: string;
  /** Whether a body, or the id of its model where the body does not tell, is of this family. */
  fits(body: Body, model: string): boolean;
  request(body: Body): Attributes;
  input?(body: Body): InputContent;
  /** Of a whole response, or of what `stream` made. */
  response(response: unknown): Attributes;
  output?(response: unknown): readonly OutputMessage[];
  stream?(content: boolean): ChunkFold;
  /** How the JSON of a chunk begins that has content and nothing else: it need not be parsed where content is off. */
  readonly contentChunk?: string;
}
