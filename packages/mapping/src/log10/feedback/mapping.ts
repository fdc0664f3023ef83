import { ATTR_GENSPAN_ORGANIZATION_ID, ATTR_GENSPAN_RECORD_ID } from "@genspan/semconv";
import { from, textOrOption, unavailable } from "../../engine/readers.ts";
import { type Mapping, type MappingInput, mapRows } from "../../engine/rows.ts";
import { type Evaluation, evaluationsOf, resultsByName } from "../../formats/evaluations.ts";
import { deterministicUuid, recordId } from "../../formats/ids.ts";
import { isCompletion, traceTag } from "../completion.ts";
import type { Log10Options } from "../options.ts";
import type { FeedbackOptions } from "./options.ts";
import type { Feedback } from "./schema.ts";

/** What the rows of one Feedback read, beside the span: the evaluations that go to one task. */
interface Given extends Log10Options {
  readonly feedback: FeedbackOptions;
  readonly taskId: string;
  readonly evaluations: readonly Evaluation[];
}

type Input = MappingInput<Given>;

export const feedbackMapping: Mapping<Feedback, Given> = {
  organization_id: textOrOption(ATTR_GENSPAN_ORGANIZATION_ID, "organizationId"),
  id: from("UUID made of what the Feedback says, the same at every retry", (input) =>
    deterministicUuid(
      JSON.stringify([aboutOf(input), input.options.taskId, valuesOf(input.options), commentOf(input.options)]),
    ),
  ),
  task_id: from(
    "option `feedback.tasks` by `gen_ai.evaluation.name`, else `feedback.taskId`",
    ({ options }) => options.taskId,
  ),
  json_values: from(
    "by `gen_ai.evaluation.name`: `gen_ai.evaluation.score.value`, else `gen_ai.evaluation.score.label`; where there " +
      "are both, the label as `<name>_label`",
    ({ options }) => valuesOf(options),
  ),
  matched_completion_ids: from("as `completion_ids`; empty where tags select", (input) => idsOf(input) ?? []),
  comment: from("`gen_ai.evaluation.explanation`; of several, each after its name; empty without", ({ options }) =>
    commentOf(options),
  ),
  completion_ids: from("of the span's own Completion, else of the nearest above it", idsOf),
  completion_tags_selector: from(
    "where there is neither, as on agents: `otel.trace_id:<trace id>`, which every Completion of the trace has",
    (input) => (idsOf(input) === undefined ? [traceTag(input.span)] : undefined),
  ),
  allow_unmatched_feedback: from("with a selector: option `feedback.allowUnmatched`", (input) =>
    idsOf(input) === undefined ? input.options.feedback.allowUnmatched : undefined,
  ),
  max_matched_completions: from("with a selector: option `feedback.maxMatchedCompletions`", (input) =>
    idsOf(input) === undefined ? input.options.feedback.maxMatchedCompletions : undefined,
  ),
  created_at_ms: unavailable("the vendor's own"),
  completions_summary: unavailable("the vendor's own"),
};

/** One Feedback for each task that takes evaluations of the span. */
export function feedbackOf(input: Omit<MappingInput<never>, "options">, options: Log10Options): readonly Feedback[] {
  const { feedback } = options;
  if (feedback === undefined) return [];
  const byTask = Map.groupBy(evaluationsOf(input.span), ({ name }) => taskOf(name, feedback));
  return [...byTask].flatMap(([taskId, evaluations]) =>
    taskId === undefined
      ? []
      : [mapRows(feedbackMapping, { ...input, options: { ...options, feedback, taskId, evaluations } })],
  );
}

function taskOf(name: string, { taskId, tasks }: FeedbackOptions): string | undefined {
  return Object.hasOwn(tasks, name) ? tasks[name] : taskId;
}

function idsOf({ span, trace }: Input): readonly string[] | undefined {
  const completion = [span, ...trace.ancestorsOf(span)].find(isCompletion);
  if (completion !== undefined) return [recordId(completion)];
  // A span that was made of a Feedback names the completion that it was about.
  const named = span.operation === undefined ? span.text(ATTR_GENSPAN_RECORD_ID) : undefined;
  return named === undefined ? undefined : [named];
}

/** What a Feedback is about. */
function aboutOf(input: Input): string {
  return idsOf(input)?.[0] ?? traceTag(input.span);
}

function valuesOf({ evaluations }: Given): Readonly<Record<string, string | number>> {
  return resultsByName(evaluations);
}

function commentOf({ evaluations }: Given): string {
  const explained = evaluations.filter(({ explanation }) => explanation !== undefined);
  return explained
    .map(({ name, explanation = "" }) => (explained.length === 1 ? explanation : `${name}: ${explanation}`))
    .join("\n");
}
