import { ATTR_GENSPAN_TAGS } from "@genspan/semconv";
import { nonEmpty } from "../engine/absent.ts";
import { jsonText } from "../engine/json-text.ts";
import { isObject } from "../engine/message-guards.ts";
import { from, text, unavailable } from "../engine/readers.ts";
import type { Mapping, UnavailableRow } from "../engine/rows.ts";
import { recordId, traceRecordId } from "../formats/ids.ts";
import { httpStatusOf } from "../formats/outcome.ts";
import { hrTimeToIso } from "../formats/time.ts";
import { spanMetadataOf } from "./metadata.ts";
import type { GalileoIngestOptions } from "./options.ts";
import type { CommonFields } from "./span-types.ts";
import { galileoSessionOf } from "./target.ts";
import { treeOf } from "./tree.ts";

/** The rows of every span, whatever its type. */
export const commonRows: Mapping<CommonFields, GalileoIngestOptions> = {
  name: from("name of the span", ({ span }) => span.name),
  created_at: from("start of the span", ({ span }) => hrTimeToIso(span.startTime)),
  user_metadata: from(
    "as text: W3C ids (`otel.*`), attributes that no row reads, `error.type` and `error.message`, " +
      "`genspan.metadata.<key>`; the later wins",
    spanMetadataOf,
  ),
  tags: from("`genspan.tags`", ({ span }) => nonEmpty(span.texts(ATTR_GENSPAN_TAGS) ?? [])),
  status_code: from("`http.response.status_code`, else 500 for a failed span, else 200", ({ span }) =>
    httpStatusOf(span),
  ),
  external_id: from("W3C span id", ({ span }) => span.spanId),
  dataset_input: text("galileo.dataset.input"),
  dataset_output: text("galileo.dataset.output"),
  dataset_metadata: from("`galileo.dataset.metadata`, JSON, its values as text", ({ span }) =>
    datasetMetadata(span.json("galileo.dataset.metadata")),
  ),
  id: from("UUID made of trace id and span id, the same at every retry", ({ span }) => recordId(span)),
  session_id: from("`galileo.session.id` of any span or the resource, else option `sessionId`", galileoSessionOf),
  trace_id: from("`id` of the trace", ({ span }) => traceRecordId(span)),
  parent_id: from("`id` of the span that it is nested in, else of the trace", ({ span, trace }) => {
    const holder = treeOf(trace).holderOf(span);
    return holder === undefined ? traceRecordId(span) : recordId(holder);
  }),
  step_number: from("place in the order of start, from 0", ({ span, trace }) => treeOf(trace).numberOf(span)),
};

export const REDACTED: UnavailableRow = unavailable("spans hold one version of content: redact before it is exported");

export function datasetMetadata(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const itemText = jsonText(item);
      return itemText === undefined ? [] : [[key, itemText]];
    }),
  );
}
