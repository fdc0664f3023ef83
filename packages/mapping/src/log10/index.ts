import { EVENT_GEN_AI_EVALUATION_RESULT } from "@genspan/semconv";
import { defineVendor } from "../define-vendor.ts";
import { isObject } from "../engine/message-guards.ts";
import { describeRows, mapRows } from "../engine/rows.ts";
import { evaluationsOf } from "../formats/evaluations.ts";
import type { Vendor } from "../vendor.ts";
import { isCompletion } from "./completion.ts";
import { decode } from "./decode.ts";
import { endpointOf } from "./endpoint.ts";
import { decodeFeedback } from "./feedback/decode.ts";
import { feedbackMapping, feedbackOf } from "./feedback/mapping.ts";
import { type Feedback, feedbackSchema, isFeedback } from "./feedback/schema.ts";
import { mapping } from "./mapping.ts";
import { type Log10Options, optionsSchema } from "./options.ts";
import { type Completion, completionSchema } from "./schema.ts";
import { frameFields } from "./stacktrace.ts";

/** Log10: one Completion for each model call; on demand Feedback for what was evaluated. */
export const log10: Vendor = defineVendor<Completion | Feedback, Log10Options>({
  name: "log10",
  title: "Log10",
  document: { title: "Log10 completion schema", read: "2026-11-21" },
  optionsSchema,
  environment: {
    token: ["LOG10_TOKEN"],
    organizationId: ["LOG10_ORGANIZATION_ID", "LOG10_ORG_ID"],
    baseUrl: ["LOG10_URL"],
    feedback: ["LOG10_FEEDBACK_TASK_ID"],
  },
  format: (options) => ({
    recordName: "Completion",
    unit: "span",
    schema: completionSchema,
    accepts: isCompletion,
    map: (input) => mapRows(mapping, { ...input, options }),
    companion: {
      recordName: "Feedback",
      schema: feedbackSchema,
      recognises: isFeedback,
      ...(options.feedback === undefined && { offUntil: "set option `feedback` to the id of a task" }),
      events: [EVENT_GEN_AI_EVALUATION_RESULT],
      accepts: (span) => options.feedback !== undefined && evaluationsOf(span).length > 0,
      map: (input) => feedbackOf(input, options),
    },
    decode: (record) => [isObject(record) && isFeedback(record) ? decodeFeedback(record) : decode(record, options)],
    following: ["id", "response.usage.total_tokens"],
    endpoint: endpointOf(options),
    tables: [
      { title: "Completion", fields: describeRows(mapping) },
      { title: "Frame of a stack trace", fields: frameFields },
      { title: "Feedback (with option `feedback`)", fields: describeRows(feedbackMapping) },
    ],
  }),
});
