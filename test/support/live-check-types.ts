/** The types of live-check.ts. */
import type { SpanKind, SpanStatusCode } from "@opentelemetry/api";

export interface CheckedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly status: { readonly code: SpanStatusCode };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events?: readonly { readonly attributes?: Readonly<Record<string, unknown>> | undefined }[];
}

export type Policy =
  | "genai_operation_name_unknown"
  | "genai_span_name_format"
  | "genai_span_kind_unexpected"
  | "genai_expected_attribute_missing"
  | "genai_content_schema"
  | "span_status_ok_set_by_instrumentation"
  | "error_type_missing_on_error"
  | "error_type_without_error_status"
  // Ours:
  | "genai_attribute_unknown"
  | "genai_attribute_type"
  | "genai_content_present_when_off";

export interface Violation {
  readonly policy: Policy;
  readonly message: string;
}

/** What the check cannot see on the span itself. */
export interface LiveCheckOptions {
  /** Whether the user asked for content. Default: false. */
  readonly content?: boolean | undefined;
  /** Attributes whose condition holds for this call, such as `gen_ai.request.seed` where the request had one. */
  readonly applicable?: ReadonlySet<string> | undefined;
  /** Attributes for which the provider sent nothing, such as usage on many streams. */
  readonly unavailable?: ReadonlySet<string> | undefined;
  /** Operations of the instrumentation's own, beside those of the conventions. */
  readonly ownOperations?: readonly string[] | undefined;
}
