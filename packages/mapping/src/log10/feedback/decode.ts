import * as names from "@genspan/semconv";
import type { HrTime } from "@opentelemetry/api";
import { Fields } from "../../codec/fields.ts";
import { spanIdOf, traceIdOf } from "../../codec/ids.ts";
import { spanOfDraft } from "../../codec/span-draft.ts";
import type { ReadableSpanLike, SpanEventLike } from "../../engine/readable-span.ts";
import { LABEL_SUFFIX } from "../../formats/evaluations.ts";
import { TRACE_TAG } from "../completion.ts";

/**
 * A span that carries the results of a Feedback. That of one completion has the id which the span of the completion has
 * when it is read back; a Feedback knows no times.
 */
export function decodeFeedback(record: unknown): ReadableSpanLike {
  const feedback = new Fields(record);
  const [completion] = feedback.texts("completion_ids") ?? feedback.texts("matched_completion_ids") ?? [];
  const tag = feedback.texts("completion_tags_selector")?.find((one) => one.startsWith(TRACE_TAG));
  const id = completion ?? feedback.text("id") ?? JSON.stringify(record) ?? "";
  const created = feedback.number("created_at_ms");
  const time: HrTime =
    created === undefined || created < 0 ? [0, 0] : [Math.trunc(created / 1e3), Math.round(created % 1e3) * 1e6];
  return spanOfDraft(
    {
      traceId: traceIdOf(tag?.slice(TRACE_TAG.length) ?? id),
      spanId: spanIdOf(id),
      name: "feedback",
      startTime: time,
      endTime: time,
      attributes: {
        [names.ATTR_GENSPAN_RECORD_ID]: completion,
        [names.ATTR_GENSPAN_ORGANIZATION_ID]: feedback.text("organization_id"),
      },
      events: eventsOf(feedback, time),
    },
    "log10",
  );
}

function eventsOf(feedback: Fields, time: HrTime): readonly SpanEventLike[] {
  const values = feedback.object("json_values").value;
  const comment = feedback.text("comment");
  const isLabel = (key: string) =>
    key.endsWith(LABEL_SUFFIX) && typeof values[key.slice(0, -LABEL_SUFFIX.length)] === "number";
  return Object.keys(values)
    .filter((key) => !isLabel(key))
    .map((name, index) => {
      const value = values[name];
      const label = typeof value === "number" ? values[name + LABEL_SUFFIX] : String(value);
      return {
        name: names.EVENT_GEN_AI_EVALUATION_RESULT,
        time,
        attributes: {
          [names.ATTR_GEN_AI_EVALUATION_NAME]: name,
          ...(typeof value === "number" && { [names.ATTR_GEN_AI_EVALUATION_SCORE_VALUE]: value }),
          ...(typeof label === "string" && { [names.ATTR_GEN_AI_EVALUATION_SCORE_LABEL]: label }),
          ...(index === 0 && comment !== undefined && { [names.ATTR_GEN_AI_EVALUATION_EXPLANATION]: comment }),
        },
      };
    });
}
