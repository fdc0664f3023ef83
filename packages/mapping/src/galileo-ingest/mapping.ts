import { ATTR_GENSPAN_TAGS } from "@genspan/semconv";
import { defined, nonEmpty } from "../engine/absent.ts";
import { constant, from, unavailable } from "../engine/readers.ts";
import { type Mapping, mapRows } from "../engine/rows.ts";
import { traceInputText, traceOutputText } from "../formats/galileo/plain-text.ts";
import { extentOf, projectOf, sessionOf } from "../formats/galileo/trace-values.ts";
import { hrTimeToIso } from "../formats/time.ts";
import { commonRows, datasetMetadata, REDACTED } from "./common-rows.ts";
import { traceMetadataOf } from "./metadata.ts";
import { durationNanos } from "./metrics.ts";
import type { GalileoIngestOptions } from "./options.ts";
import type { IngestRequest, IngestTrace } from "./schema.ts";
import { spansOf } from "./span-rows.ts";
import { galileoSessionOf, ofTraceOrResource, targetOf } from "./target.ts";
import { treeOf } from "./tree.ts";

/** `span` is the root. */
export const traceMapping: Mapping<IngestTrace, GalileoIngestOptions> = {
  type: constant("trace"),
  name: from("name of the root span", ({ span }) => span.name),
  created_at: from("start of the earliest root span", ({ trace }) => hrTimeToIso(extentOf(trace)[0])),
  user_metadata: from(
    "as text: `service.*` and `deployment.*` of the resource, `genspan.metadata.<key>` of the root",
    traceMetadataOf,
  ),
  tags: from("option `tags`, then `genspan.tags` of all spans", ({ trace, options }) => {
    const own = trace.spans.flatMap((span) => span.texts(ATTR_GENSPAN_TAGS) ?? []);
    return nonEmpty([...new Set([...options.tags, ...own])]);
  }),
  status_code: commonRows.status_code,
  external_id: from("W3C trace id", ({ span }) => span.traceId),
  dataset_input: from("`galileo.dataset.input` of any span, else of the resource", ({ trace }) =>
    ofTraceOrResource(trace, "galileo.dataset.input"),
  ),
  dataset_output: from("`galileo.dataset.output` of any span, else of the resource", ({ trace }) =>
    ofTraceOrResource(trace, "galileo.dataset.output"),
  ),
  dataset_metadata: from(
    "`galileo.dataset.metadata` of any span, else of the resource, JSON, its values as text",
    ({ trace }) => datasetMetadata(jsonObject(ofTraceOrResource(trace, "galileo.dataset.metadata"))),
  ),
  id: commonRows.trace_id,
  session_id: commonRows.session_id,
  trace_id: commonRows.trace_id,
  parent_id: unavailable("a trace is nested in nothing"),
  step_number: unavailable("a trace is no step of another"),
  input: from(
    "text of the root's input, else of the first span that has one; of messages, the last of the user",
    traceInputText,
  ),
  output: from("text of the root's output, else of the last span that has one", traceOutputText),
  redacted_input: REDACTED,
  redacted_output: REDACTED,
  metrics: from("`duration_ns`: from the first start to the last end of the root spans", ({ trace }) =>
    defined({ duration_ns: durationNanos(...extentOf(trace)) }),
  ),
  spans: from("the root spans, orphans among them, in order of start", (input) =>
    spansOf(treeOf(input.trace).tops, input),
  ),
};

/** The request with one trace. */
export const mapping: Mapping<IngestRequest, GalileoIngestOptions> = {
  project_id: from(
    "of the path: `genspan.project.id` of any span, where that is a UUID, else option `projectId`",
    ({ trace, options }) => projectOf(trace, options),
  ),
  log_stream_id: from(
    "`genspan.log_stream.id` of any span, else option `logStreamId`; absent with an experiment",
    (input) => targetOf(input).logStream,
  ),
  experiment_id: from(
    "`genspan.experiment.id`, where that is a UUID, else `galileo.experiment.id`, of any span, else option `experimentId`",
    (input) => targetOf(input).experiment,
  ),
  metrics_testing_id: unavailable("for trying out metrics in Galileo's console"),
  logging_method: from("option `loggingMethod`", ({ options }) => options.loggingMethod),
  client_version: constant("genspan"),
  reliable: from("option `reliable`", ({ options }) => options.reliable),
  session_id: from("`galileo.session.id` of any span or the resource, else option `sessionId`", galileoSessionOf),
  session_external_id: from(
    "`gen_ai.conversation.id` of any span, else `session.id`, else option `sessionExternalId`",
    ({ trace, options }) => sessionOf(trace) ?? options.sessionExternalId,
  ),
  is_complete: constant(true),
  include_trace_ids: from("option `includeTraceIds`", ({ options }) => options.includeTraceIds),
  traces: from("table Trace", (input) => [mapRows(traceMapping, input)]),
};

function jsonObject(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
