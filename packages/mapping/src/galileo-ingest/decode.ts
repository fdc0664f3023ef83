import * as names from "@genspan/semconv";
import { Fields } from "../codec/fields.ts";
import { spanIdOf, traceIdOf } from "../codec/ids.ts";
import { evaluationEvents, metadataAttributes } from "../codec/metadata.ts";
import { spanOfDraft } from "../codec/span-draft.ts";
import { shifted, timeOf } from "../codec/times.ts";
import { isObject } from "../engine/message-guards.ts";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { deterministicUuid, spanUuid } from "../formats/ids.ts";
import { contentAttributes, metricAttributes, scoresOf } from "./decode-span.ts";
import type { GalileoIngestOptions } from "./options.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** Where a span stands in the request that is read. */
interface Place {
  readonly request: Fields;
  readonly trace: Fields;
  readonly traceId: string;
  readonly resource: Attributes;
  /** Tags of the trace that no span and no option has. */
  readonly tags: readonly string[];
  /** Span id of the span that it is nested in. */
  readonly holder?: string;
}

const OPERATION_OF_TYPE: ReadonlyMap<string, string> = new Map([
  ["llm", "chat"],
  ["tool", "execute_tool"],
  ["retriever", "retrieval"],
  ["agent", "invoke_agent"],
  ["workflow", "invoke_workflow"],
]);

/** The spans of all traces of an ingest request. */
export function decode(record: unknown, options: Pick<GalileoIngestOptions, "tags">): readonly ReadableSpanLike[] {
  const request = new Fields(record);
  const traces = request.list("traces").filter(isObject);
  return traces.flatMap((trace) => decodeTrace(request, new Fields(trace), options));
}

function decodeTrace(
  request: Fields,
  trace: Fields,
  options: Pick<GalileoIngestOptions, "tags">,
): readonly ReadableSpanLike[] {
  const external = trace.text("external_id");
  const traceId = traceIdOf(external ?? trace.text("id") ?? JSON.stringify(trace.value));
  const { resource } = metadataAttributes(trace.object("user_metadata").value, () => false);
  const place = {
    request,
    trace,
    traceId,
    resource: { ...resource, ...datasetAttributes(trace) },
    tags: tagsOf(trace, options.tags),
  };
  const steps = trace.list("spans").filter(isObject);
  const nested = steps.flatMap((step, index) => decodeSpan(new Fields(step), place, index === 0));
  if (nested.length === 0)
    return [
      decodeStep(
        { ...trace.value, type: "workflow" },
        { ...place, trace: new Fields({ ...trace.value, metrics: {} }) },
        true,
      ),
    ];
  // As the record numbers them: spans that began in the same millisecond stay in their order.
  return nested.sort((a, b) => a.number - b.number).map(({ span }) => span);
}

interface Numbered {
  readonly span: ReadableSpanLike;
  readonly number: number;
}

function decodeSpan(step: Fields, place: Place, isRoot: boolean): Numbered[] {
  const span = decodeStep(step.value, place, isRoot);
  const inner = { ...place, holder: span.spanContext().spanId };
  return [
    { span, number: step.number("step_number") ?? 0 },
    ...step
      .list("spans")
      .filter(isObject)
      .flatMap((child) => decodeSpan(new Fields(child), inner, false)),
  ];
}

function decodeStep(value: Attributes, place: Place, isRoot: boolean): ReadableSpanLike {
  const step = new Fields(value);
  const metadata = step.object("user_metadata");
  const { attributes } = metadataAttributes(metadata.value, isOtelId);
  const operation =
    metadata.text("gen_ai.operation.name") ?? OPERATION_OF_TYPE.get(step.text("type") ?? "") ?? "invoke_workflow";
  const id = step.text("id") ?? "";
  const spanId = spanIdOf(step.text("external_id") ?? id);
  const startTime = timeOf(step.value["created_at"]) ?? [0, 0];
  const parent = metadata.text("otel.parent_span_id") ?? place.holder;
  const errorType = metadata.text("error.type");
  // Scores of the whole are the root's: a span has no other place for them.
  const ofTrace = isRoot ? scoresOf(place.trace) : [];
  const scores = [...ofTrace, ...scoresOf(step)];
  return spanOfDraft(
    {
      traceId: place.traceId,
      spanId,
      parentSpanId: parent,
      name: step.text("name") ?? "",
      startTime,
      endTime: shifted(startTime, step.object("metrics").number("duration_ns") ?? 0),
      failed: errorType !== undefined,
      statusMessage: metadata.text("error.message"),
      attributes: {
        ...withoutOwn(attributes),
        [names.ATTR_GEN_AI_OPERATION_NAME]: operation,
        [names.ATTR_ERROR_TYPE]: errorType,
        [names.ATTR_GENSPAN_TAGS]: step.texts("tags"),
        [names.ATTR_HTTP_RESPONSE_STATUS_CODE]: step.number("status_code"),
        ...recordIds(id, spanId, place),
        ...datasetAttributes(step),
        ...contentAttributes(step, operation),
        ...metricAttributes(step),
        ...(isRoot && rootAttributes(place, step)),
      },
      events: evaluationEvents(scores, startTime),
      resource: place.resource,
    },
    "galileo-ingest",
  );
}

function isOtelId(key: string): boolean {
  return key.startsWith("otel.") || key === "error.message";
}

/** A name with a field of its own under the metadata is the user's. */
function withoutOwn(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== names.ATTR_ERROR_TYPE));
}

/** Only ids that do not follow from the span's. */
function recordIds(id: string, spanId: string, { trace, traceId }: Place): Attributes {
  const own = trace.text("id");
  return {
    [names.ATTR_GENSPAN_RECORD_ID]: id === spanUuid(traceId, spanId) ? undefined : id || undefined,
    [names.ATTR_GENSPAN_RECORD_TRACE_ID]: own === deterministicUuid(traceId) ? undefined : own,
  };
}

function rootAttributes({ request, trace, tags }: Place, step: Fields): Attributes {
  const { attributes } = metadataAttributes(trace.object("user_metadata").value, isOtelId);
  return {
    ...Object.fromEntries(
      Object.entries(attributes).filter(([name]) => name.startsWith(names.ATTR_GENSPAN_METADATA_PREFIX)),
    ),
    [names.ATTR_GENSPAN_PROJECT_ID]: request.text("project_id"),
    [names.ATTR_GENSPAN_LOG_STREAM_ID]: request.text("log_stream_id"),
    [names.ATTR_GENSPAN_EXPERIMENT_ID]: request.text("experiment_id"),
    "galileo.session.id": request.text("session_id") ?? trace.text("session_id"),
    [names.ATTR_GEN_AI_CONVERSATION_ID]: request.text("session_external_id"),
    ...(tags.length > 0 && { [names.ATTR_GENSPAN_TAGS]: [...(step.texts("tags") ?? []), ...tags] }),
  };
}

function tagsOf(trace: Fields, options: readonly string[]): readonly string[] {
  const known = new Set([...options, ...nestedTags(trace)]);
  return (trace.texts("tags") ?? []).filter((tag) => !known.has(tag));
}

function nestedTags(step: Fields): readonly string[] {
  const spans = step
    .list("spans")
    .filter(isObject)
    .map((span) => new Fields(span));
  return spans.flatMap((span) => [...(span.texts("tags") ?? []), ...nestedTags(span)]);
}

function datasetAttributes(step: Fields): Attributes {
  const metadata = step.value["dataset_metadata"];
  return {
    "galileo.dataset.input": step.text("dataset_input"),
    "galileo.dataset.output": step.text("dataset_output"),
    "galileo.dataset.metadata": isObject(metadata) ? JSON.stringify(metadata) : undefined,
  };
}
