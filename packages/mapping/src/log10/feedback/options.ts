import { z } from "zod";

/** Which task of the vendor takes which evaluations. Tasks are set up at the vendor, with a JSON Schema of their values. */
export interface FeedbackOptions {
  /** For evaluations that `tasks` does not name. Without it only those are sent. */
  readonly taskId?: string | undefined;
  /** Name of an evaluation (`gen_ai.evaluation.name`) to task. */
  readonly tasks: Readonly<Record<string, string>>;
  /** Default: true. Of feedback on agents and the like: whether it is taken before any completion of its trace is there. */
  readonly allowUnmatched: boolean;
  /** Of the same: most completions that it may be about. Default: the vendor's, which is 100. */
  readonly maxMatchedCompletions?: number | undefined;
}

const id = z.string("must be the id of a task").min(1, "must not be empty");

const full = z
  .strictObject({
    taskId: id.optional(),
    tasks: z.record(z.string(), id, "must be an object from names of evaluations to ids of tasks").default({}),
    allowUnmatched: z.boolean("must be true or false").default(true),
    maxMatchedCompletions: z.int("must be a whole number").min(1, "must be above 0").optional(),
  })
  .refine(
    ({ taskId, tasks }) => taskId !== undefined || Object.keys(tasks).length > 0,
    "give `taskId`, or `tasks` with a task for each evaluation",
  );

/** The id of a task alone is a short form. */
export const feedbackOption: z.ZodType<FeedbackOptions | undefined> = z
  .preprocess((value) => (typeof value === "string" ? { taskId: value } : value), full.optional())
  .optional();
