import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GENSPAN_REQUEST_PATH,
  ATTR_GENSPAN_RESPONSE_REQUEST_ID,
  ATTR_GENSPAN_THREAD_ID,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SESSION_ID,
} from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { from } from "../engine/readers.ts";
import type { FilledRow, Mapping } from "../engine/rows.ts";
import { hrTimeToIso, nanosBetween } from "../formats/time.ts";
import type { NoveumOptions } from "./options.ts";
import type { LogResource } from "./schema.ts";

/** Rows and readers that both dialects have in common. */

export const timestamp: FilledRow<string, unknown> = from("end of the span", ({ span }) => hrTimeToIso(span.endTime));

export const id: FilledRow<string, unknown> = from("`msg_` and the span id", ({ span }) => `msg_${span.spanId}`);

export const thread: FilledRow<string, unknown> = from(
  "`genspan.thread.id`, else `gen_ai.conversation.id`, else `session.id`, else `thread_` and the first 8 digits of the trace id",
  ({ span }) =>
    span.text(ATTR_GENSPAN_THREAD_ID) ??
    span.text(ATTR_GEN_AI_CONVERSATION_ID) ??
    span.text(ATTR_SESSION_ID) ??
    `thread_${span.traceId.slice(0, 8)}`,
);

/** The gateway's names for providers, where they differ from the conventions'. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["azure.ai.openai", "azure"],
  ["azure.ai.inference", "azure"],
  ["aws.bedrock", "bedrock"],
  ["gcp.gemini", "google"],
  ["gcp.gen_ai", "google"],
  ["gcp.vertex_ai", "google"],
  ["mistral_ai", "mistral"],
  ["x_ai", "xai"],
]);

export const provider: FilledRow<string, unknown> = from(
  "`gen_ai.provider.name` in the gateway's spelling, such as `azure` for `azure.ai.openai`",
  ({ span }) => {
    const name = span.text(ATTR_GEN_AI_PROVIDER_NAME);
    return name === undefined ? undefined : (PROVIDERS.get(name) ?? name);
  },
);

export const model: FilledRow<string, unknown> = from(
  "`gen_ai.response.model`, else `gen_ai.request.model`",
  ({ span }) => span.model,
);

export const latency: FilledRow<number, unknown> = from("duration of the span in whole milliseconds", ({ span }) =>
  Math.round(nanosBetween(span.startTime, span.endTime) / 1e6),
);

export const status: FilledRow<"success" | "error", unknown> = from(
  "`error` for status ERROR, else `success`",
  ({ span }) => (span.failed ? "error" : "success"),
);

export const resource: Mapping<LogResource, NoveumOptions> = {
  "service.name": from("resource `service.name`", ({ span }) => resourceText(span, "service.name")),
  "service.version": from("resource `service.version`", ({ span }) => resourceText(span, "service.version")),
  "deployment.environment": from(
    "resource `deployment.environment.name`, else `deployment.environment`, else option `environment`",
    ({ span, options }) =>
      resourceText(span, "deployment.environment.name") ??
      resourceText(span, "deployment.environment") ??
      options.environment,
  ),
};

function resourceText(span: GenAISpan, name: string): string | undefined {
  const value = span.resource[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function providerRequestId(span: GenAISpan): string | undefined {
  return span.text(ATTR_GENSPAN_RESPONSE_REQUEST_ID) ?? span.text(ATTR_GEN_AI_RESPONSE_ID);
}

const PATHS: ReadonlyMap<string | undefined, string> = new Map([
  ["embeddings", "/v1/embeddings"],
  ["text_completion", "/v1/completions"],
]);

export function pathOf(span: GenAISpan): string {
  return (
    span.text(ATTR_GENSPAN_REQUEST_PATH) ?? span.text("url.path") ?? PATHS.get(span.operation) ?? "/v1/chat/completions"
  );
}

/** What the provider answered; 200 for a call that went well and does not say. */
export function statusCode(span: GenAISpan): number | null {
  return span.number(ATTR_HTTP_RESPONSE_STATUS_CODE) ?? (span.failed ? null : 200);
}
