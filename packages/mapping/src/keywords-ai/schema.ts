import { z } from "zod";
import { type ContentFields, contentShape } from "./fields/content.ts";
import { type ControlFields, controlShape } from "./fields/control.ts";
import { type IdentityFields, identityShape } from "./fields/identity.ts";
import { type MeasureFields, measureShape } from "./fields/measures.ts";
import { type ModelFields, modelShape } from "./fields/model.ts";

/**
 * One log of Keywords AI (now Respan): a span of any type with the vendor's universal `input` and `output`.
 *
 * Sources, read 2026-11-21: docs.keywordsai.co "Logging" (universal input/output design) and "Traces ingest from
 * logs"; respan.ai/docs/apis/spans; the zod schema of `@keywordsai/keywordsai-sdk` 0.0.18. Where the pages differ,
 * the record is what all of them accept: `input` and `output` as JSON text beside `prompt_messages` and
 * `completion_message`. Fields that this mapping always fills are required here.
 */
export interface RequestLog extends ContentFields, ModelFields, MeasureFields, IdentityFields, ControlFields {}

const shape = { ...contentShape, ...modelShape, ...measureShape, ...identityShape, ...controlShape };

export const requestLogSchema: z.ZodType<RequestLog> = z.object(shape);

/** Logs of others: nothing is required, input and output may be any JSON, and many ways lead there. */
export const documentedLogSchema: z.ZodType = z
  .looseObject(shape)
  .partial()
  .extend({ log_method: z.string().optional(), input: z.unknown().optional(), output: z.unknown().optional() });
