import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GENSPAN_ORGANIZATION_ID,
  ATTR_GENSPAN_PROJECT_ID,
  ATTR_GENSPAN_PROJECT_NAME,
  ATTR_GENSPAN_RECORD_ID,
  ATTR_GENSPAN_RESPONSE_REQUEST_ID,
  ATTR_GENSPAN_THREAD_ID,
  ATTR_SESSION_ID,
  ATTR_USER_ID,
} from "@genspan/semconv";
import { flatText } from "../engine/flat-text.ts";
import { constant, from, orList, textOrOption } from "../engine/readers.ts";
import type { FilledRow, Mapping } from "../engine/rows.ts";
import { inheritedText } from "../formats/inherited.ts";
import { hasFailed } from "../formats/outcome.ts";
import { hrTimeToIso } from "../formats/time.ts";
import type { NoveumOptions } from "./options.ts";
import { latencyOf } from "./outcome.ts";
import { providerOf } from "./provider.ts";
import type { LogResource } from "./schema.ts";

/** Rows that both dialects have. */

const THREAD = [ATTR_GENSPAN_THREAD_ID, ATTR_GEN_AI_CONVERSATION_ID, ATTR_SESSION_ID];

export const timestamp: FilledRow<string, unknown> = from("end of the span", ({ span }) => hrTimeToIso(span.endTime));

export const name: FilledRow<"ai_gateway_request_log", unknown> = constant("ai_gateway_request_log");

export const resource: Mapping<LogResource, NoveumOptions> = {
  "service.name": ofResource(["service.name"], "serviceName", "unknown_service"),
  "service.version": ofResource(["service.version"], "serviceVersion"),
  "deployment.environment": ofResource(["deployment.environment.name", "deployment.environment"], "environment"),
};

export const id: FilledRow<string, unknown> = from(
  "`msg_` and the span id; of a span that was made of a record, `genspan.record.id`",
  ({ span }) => span.text(ATTR_GENSPAN_RECORD_ID) ?? flatText("msg_", span.spanId),
);

/** The nearest span that knows the thread speaks for those in it, as far as they are known. */
export const threadId: FilledRow<string, unknown> = from(
  `${orList(THREAD)}, of the span, else of its nearest ancestor; else \`thread_\` and the first 8 digits of the trace id`,
  (input) => inheritedText(input, THREAD) ?? flatText("thread_", input.span.traceId.slice(0, 8)),
);

/** Named by the span, else by an option. */
type Named<TOption extends keyof NoveumOptions> = FilledRow<string, Pick<NoveumOptions, TOption>>;

export const orgId: Named<"orgId"> = textOrOption(ATTR_GENSPAN_ORGANIZATION_ID, "orgId");
export const userId: Named<"userId"> = textOrOption(ATTR_USER_ID, "userId");
export const projectId: Named<"projectId"> = textOrOption(ATTR_GENSPAN_PROJECT_ID, "projectId");
export const projectName: Named<"projectName"> = textOrOption(ATTR_GENSPAN_PROJECT_NAME, "projectName");

export const provider: FilledRow<string, { readonly provider?: string | undefined }> = from(
  "`gen_ai.provider.name` as the gateway spells it, else option `provider`",
  ({ span, options }) => providerOf(span) ?? options.provider,
);

export const model: FilledRow<string, unknown> = from(
  "`gen_ai.response.model`, else `gen_ai.request.model`",
  ({ span }) => span.model,
);

export const latency: FilledRow<number, unknown> = from("duration of the span in whole milliseconds", ({ span }) =>
  latencyOf(span),
);

export const cost: FilledRow<number, unknown> = from(
  "`genspan.cost.usd`, else the price list on model and usage",
  ({ span }) => span.cost,
);

export const status: FilledRow<"success" | "error", unknown> = from(
  "`error` for status ERROR or an `error.type`, else `success`",
  ({ span }) => (hasFailed(span) ? "error" : "success"),
);

export const providerRequestId: FilledRow<string, unknown> = from(
  orList([ATTR_GENSPAN_RESPONSE_REQUEST_ID, ATTR_GEN_AI_RESPONSE_ID]),
  ({ span }) => span.text(ATTR_GENSPAN_RESPONSE_REQUEST_ID) ?? span.text(ATTR_GEN_AI_RESPONSE_ID),
);

/** The same row, with `null` where there is nothing: the gateway leaves no field out. */
export function orNull<TValue, TOptions>(row: FilledRow<TValue, TOptions>): FilledRow<TValue | null, TOptions> {
  return { source: `${row.source}; else \`null\``, read: (input) => row.read(input) ?? null };
}

function ofResource(
  names: readonly string[],
  option: "serviceName" | "serviceVersion" | "environment",
  fallback?: string,
): FilledRow<string, NoveumOptions> {
  const source = `resource ${orList(names)}, else option \`${option}\``;
  return from(fallback === undefined ? source : `${source}, else \`${fallback}\``, ({ span, options }) => {
    const { resource } = span;
    for (const name of names) {
      const stated = resource[name];
      if (isStated(stated)) return stated;
    }
    return options[option] ?? fallback;
  });
}

/** `unknown_service:node` is what an SDK says that was not told. */
function isStated(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !value.startsWith("unknown_service");
}
