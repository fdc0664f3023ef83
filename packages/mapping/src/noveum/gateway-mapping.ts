import { ATTR_ERROR_TYPE, ATTR_GENSPAN_EXPERIMENT_ID } from "@genspan/semconv";
import { constant, from, textOrOption } from "../engine/readers.ts";
import type { Mapping } from "../engine/rows.ts";
import { hasFailed } from "../formats/outcome.ts";
import { requestOf, responseOf } from "./bodies.ts";
import type { NoveumOptions } from "./options.ts";
import * as outcome from "./outcome.ts";
import * as rows from "./rows.ts";
import { sanitised } from "./sanitise.ts";
import type { GatewayLog, GatewayMetadata } from "./schema.ts";

const firstByte = from<number>("`gen_ai.response.time_to_first_chunk` in milliseconds, else the latency", ({ span }) =>
  outcome.firstByteOf(span),
);

const metadata: Mapping<GatewayMetadata, NoveumOptions> = {
  project_id: rows.orNull(rows.projectId),
  project_name: rows.orNull(rows.projectName),
  latency: rows.latency,
  ttfb: firstByte,
  tokens: {
    source: "token counts",
    rows: {
      input: rows.orNull(from("`gen_ai.usage.input_tokens`", ({ span }) => span.usage.input)),
      output: rows.orNull(from("`gen_ai.usage.output_tokens`", ({ span }) => span.usage.output)),
      total: rows.orNull(from("sum of the two", ({ span }) => span.usage.total)),
    },
  },
  cost: rows.orNull(rows.cost),
  status: rows.status,
  path: from("`genspan.request.path`, else `url.path`, else OpenAI's path for the operation", ({ span }) =>
    outcome.pathOf(span),
  ),
  method: constant("POST"),
  request_size: from(
    "`http.request.body.size`, else the length of `genspan.raw.request`, else that of the rebuilt body; 0 without content",
    ({ span }) => outcome.requestSizeOf(span, requestOf(span)),
  ),
  response_size: from(
    "`http.response.body.size`, else the length of `genspan.raw.response`, else that of the rebuilt body; 0 without content",
    ({ span }) => outcome.responseSizeOf(span, responseOf(span)),
  ),
  provider_latency: firstByte,
  status_code: from("`http.response.status_code`, else 200, or 500 for an error", ({ span }) => outcome.statusOf(span)),
  provider_status_code: from("`http.response.status_code`, else 200, or 0 for an error without an answer", ({ span }) =>
    outcome.providerStatusOf(span),
  ),
  error_count: from("1 for an error, else 0", ({ span }) => (hasFailed(span) ? 1 : 0)),
  error_type: rows.orNull(
    from("`error.type`, else `error` for status ERROR", ({ span }) =>
      hasFailed(span) ? (span.text(ATTR_ERROR_TYPE) ?? "error") : undefined,
    ),
  ),
  provider_error_count: from("1 for a provider's status of 400 or more, else 0", ({ span }) =>
    outcome.isProviderError(span) ? 1 : 0,
  ),
  provider_error_type: rows.orNull(
    from("`error.code`, else `error.type` of `genspan.raw.response`, else the attribute `error.type`", ({ span }) =>
      outcome.providerErrorTypeOf(span),
    ),
  ),
  provider_request_id: rows.orNull(rows.providerRequestId),
};

/** The dialect that the gateway emits (`RequestMetrics::to_otel_log`). */
export const gatewayMapping: Mapping<GatewayLog, NoveumOptions> = {
  timestamp: rows.timestamp,
  resource: { source: "the service that made the call", rows: rows.resource },
  name: rows.name,
  attributes: {
    source: "the call",
    rows: {
      id: rows.id,
      thread_id: rows.threadId,
      org_id: rows.orNull(rows.orgId),
      user_id: rows.orNull(rows.userId),
      project_id: rows.orNull(rows.projectId),
      experiment_id: rows.orNull(textOrOption(ATTR_GENSPAN_EXPERIMENT_ID, "experimentId")),
      provider: rows.provider,
      model: rows.model,
      request: from("as in the documented dialect; content that is an object becomes text", ({ span }) =>
        sanitised(requestOf(span)),
      ),
      response: from(
        "as in the documented dialect; content and errors that are objects, and seeds, become text",
        ({ span }) => sanitised(responseOf(span)),
      ),
      metadata: { source: "how it went", rows: metadata },
    },
  },
};
