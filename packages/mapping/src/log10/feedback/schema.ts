import { z } from "zod";
import { ORGANIZATION_ID } from "../schema.ts";

/**
 * What somebody, or an evaluation, thinks of completions.
 *
 * Source: the vendor's API description (log10ts openapi.yaml, `POST /api/v1/feedback`), read 2026-11-21. It demands
 * `matched_completion_ids` and `comment` also of who sends. `organization_id` is the header `X-Log10-Organization`: it
 * stands in the record so that the record says all, and the endpoint takes it out of the body.
 */
export interface Feedback {
  readonly organization_id: string;
  readonly id?: string;
  /** The task that was set up at the vendor; its JSON Schema says what `json_values` may be. */
  readonly task_id: string;
  readonly json_values: Readonly<Record<string, string | number>>;
  readonly matched_completion_ids: readonly string[];
  readonly comment: string;
  /** Either these ... */
  readonly completion_ids?: readonly string[];
  /** ... or the completions that have all these tags. */
  readonly completion_tags_selector?: readonly string[];
  readonly allow_unmatched_feedback?: boolean;
  readonly max_matched_completions?: number;
  readonly created_at_ms?: number;
  readonly completions_summary?: string;
}

const ids = z.array(z.string().min(1));

export const feedbackSchema: z.ZodType<Feedback> = z
  .strictObject({
    organization_id: ORGANIZATION_ID,
    id: z.string().exactOptional(),
    task_id: z.string("is missing: set option `feedback.taskId`"),
    json_values: z.record(z.string(), z.union([z.string(), z.number()])),
    matched_completion_ids: ids,
    comment: z.string(),
    completion_ids: ids.min(1).exactOptional(),
    completion_tags_selector: ids.min(1).exactOptional(),
    allow_unmatched_feedback: z.boolean().exactOptional(),
    max_matched_completions: z.int().min(1).exactOptional(),
    created_at_ms: z.number().exactOptional(),
    completions_summary: z.string().exactOptional(),
  })
  .refine(
    ({ completion_ids, completion_tags_selector }) =>
      (completion_ids === undefined) !== (completion_tags_selector === undefined),
    "names completions either by `completion_ids` or by `completion_tags_selector`",
  )
  .refine(
    (one) => (one.completion_tags_selector === undefined) === (one.allow_unmatched_feedback === undefined),
    "`allow_unmatched_feedback` goes with `completion_tags_selector`",
  );

/** No Completion has a task. */
export function isFeedback(record: object): boolean {
  return "task_id" in record;
}
