import { z } from "zod";

/**
 * The request log of Noveum's AI gateway.
 *
 * Source: Noveum/ai-gateway docs/logs.md, read 2026-11-21. The gateway itself emits other names and more metadata
 * (src/telemetry/mod.rs, read the same day): that is the second dialect.
 */
export type RequestLog = DocumentedLog | GatewayLog;

/** As docs/logs.md writes it. */
export interface DocumentedLog extends LogOf<DocumentedAttributes> {}

/** As the gateway emits it: snake case throughout, `null` for what is not known. */
export interface GatewayLog extends LogOf<GatewayAttributes> {}

interface LogOf<TAttributes> {
  /** When the log was created: ISO 8601. */
  readonly timestamp: string;
  readonly resource: LogResource;
  /** Type of the log. */
  readonly name: "ai_gateway_request_log";
  readonly attributes: TAttributes;
}

/** Which service made the call. */
export interface LogResource {
  readonly "service.name": string;
  readonly "service.version"?: string;
  readonly "deployment.environment"?: string;
}

/** A request or response body as it is: an object, or an array, of any JSON. */
export type Body = unknown;

export interface DocumentedAttributes {
  readonly id: string;
  readonly threadId: string;
  readonly org_id?: string;
  readonly user_id?: string;
  /** The same as `metadata.projectId`. */
  readonly project_id?: string;
  readonly provider: string;
  readonly model: string;
  readonly request?: Body;
  /** For a streamed response: the merged text in `choices[].delta`, and all chunks in `streamed_data`. */
  readonly response?: Body;
  readonly metadata: DocumentedMetadata;
}

export interface DocumentedMetadata {
  readonly projectId?: string;
  readonly projectName?: string;
  /** Milliseconds. */
  readonly latency: number;
  readonly tokens?: { readonly input?: number; readonly output?: number; readonly total?: number };
  /** USD. */
  readonly cost?: number;
  readonly status: "success" | "error";
  /** The provider's id of the request. */
  readonly provider_request_id?: string;
}

export interface GatewayAttributes {
  readonly id: string;
  readonly thread_id: string;
  readonly org_id: string | null;
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly experiment_id: string | null;
  readonly provider: string;
  readonly model: string;
  readonly request?: Body;
  readonly response?: Body;
  readonly metadata: GatewayMetadata;
}

export interface GatewayMetadata {
  readonly project_id: string | null;
  readonly project_name: string | null;
  /** Milliseconds of the whole request. */
  readonly latency: number;
  /** Milliseconds to the first byte. */
  readonly ttfb: number;
  readonly tokens: { readonly input: number | null; readonly output: number | null; readonly total: number | null };
  /** USD. */
  readonly cost: number | null;
  readonly status: "success" | "error";
  readonly path: string;
  readonly method: string;
  /** Bytes; 0 where not known. */
  readonly request_size: number;
  /** Bytes; 0 where not known. */
  readonly response_size: number;
  /** Milliseconds until the provider answered. */
  readonly provider_latency: number;
  readonly status_code: number;
  /** 0 where no answer came. */
  readonly provider_status_code: number;
  readonly error_count: number;
  readonly error_type: string | null;
  readonly provider_error_count: number;
  readonly provider_error_type: string | null;
  readonly provider_request_id: string | null;
}

const count = z.int().nonnegative();
const required = (hint: string) => z.string(`is missing: ${hint}`).min(1, `is empty: ${hint}`);
const text = z.string().min(1);
const optionalText = text.exactOptional();
const nullableText = text.nullable();
const body = z
  .custom<Body>((value) => typeof value === "object" && value !== null, "must be an object")
  .exactOptional();
const status = z.enum(["success", "error"]);

const names = {
  id: text,
  provider: required("the span has no `gen_ai.provider.name`; set option `provider`"),
  model: required("the span has neither `gen_ai.response.model` nor `gen_ai.request.model`"),
  request: body,
  response: body,
};

const frame = {
  timestamp: z.union([z.iso.datetime({ offset: true }), z.number()]) as unknown as z.ZodType<string>, // we write ISO
  resource: z.strictObject({
    "service.name": required("set option `serviceName` or the resource attribute `service.name`"),
    "service.version": optionalText,
    "deployment.environment": optionalText,
  }),
  name: z.literal("ai_gateway_request_log"),
};

export const documentedSchema: z.ZodType<DocumentedLog> = z.strictObject({
  ...frame,
  attributes: z.strictObject({
    ...names,
    threadId: text,
    org_id: optionalText,
    user_id: optionalText,
    project_id: optionalText,
    metadata: z.strictObject({
      projectId: optionalText,
      projectName: optionalText,
      latency: count,
      tokens: z
        .strictObject({ input: count.exactOptional(), output: count.exactOptional(), total: count.exactOptional() })
        .exactOptional(),
      cost: z.number().exactOptional(),
      status,
      provider_request_id: optionalText,
    }),
  }),
});

export const gatewaySchema: z.ZodType<GatewayLog> = z.strictObject({
  ...frame,
  attributes: z.strictObject({
    ...names,
    thread_id: text,
    org_id: nullableText,
    user_id: nullableText,
    project_id: nullableText,
    experiment_id: nullableText,
    metadata: z.strictObject({
      project_id: nullableText,
      project_name: nullableText,
      latency: count,
      ttfb: count,
      tokens: z.strictObject({ input: count.nullable(), output: count.nullable(), total: count.nullable() }),
      cost: z.number().nullable(),
      status,
      path: text,
      method: text,
      request_size: count,
      response_size: count,
      provider_latency: count,
      status_code: count,
      provider_status_code: count,
      error_count: count,
      error_type: nullableText,
      provider_error_count: count,
      provider_error_type: nullableText,
      provider_request_id: nullableText,
    }),
  }),
});
