/**
 * The attributes of our own that conventions have no name for. They are part of the public contract: any
 * instrumentation may set them, and mappings read them. Each is off or absent unless the user asks for it.
 */

/** JSON text of the request body as the application gave it to its client library. Only with `captureRaw`. */
export const ATTR_GENSPAN_RAW_REQUEST = "genspan.raw.request";
/** JSON text of the response body as the client library returned it. Only with `captureRaw`. */
export const ATTR_GENSPAN_RAW_RESPONSE = "genspan.raw.response";
/** JSON text of an array: every streamed chunk in the order of arrival. Only with `captureRaw`. */
export const ATTR_GENSPAN_RAW_CHUNKS = "genspan.raw.chunks";
/** What the names of the raw bodies begin with. */
export const ATTR_GENSPAN_RAW_PREFIX = "genspan.raw.";
/** JSON text of `StackFrame[]`, innermost caller first, taken when the call began. Only with `captureStacktrace`. */
export const ATTR_GENSPAN_STACKTRACE = "genspan.stacktrace";
/** The provider's id of the HTTP request, from a response header such as `x-request-id`. */
export const ATTR_GENSPAN_RESPONSE_REQUEST_ID = "genspan.response.request_id";
/** Path of the HTTP request that the client library made, such as `/v1/chat/completions`. */
export const ATTR_GENSPAN_REQUEST_PATH = "genspan.request.path";
/** True where the token counts were counted or estimated by the instrumentation, because the provider reported none. */
export const ATTR_GENSPAN_USAGE_ESTIMATED = "genspan.usage.estimated";
/** USD, when the producer of the span knows the cost of the call; it wins over a computed price. Type: double. */
export const ATTR_GENSPAN_COST_USD = "genspan.cost.usd";
/** Who says what the call has cost: a price list with its version, `hook` for a function of the user's, or any text. */
export const ATTR_GENSPAN_COST_SOURCE = "genspan.cost.source";
/** ISO date: the day on which the prices came out that the cost was calculated from. */
export const ATTR_GENSPAN_COST_PRICE_DATE = "genspan.cost.price_date";

/** Tokens written to a cache that lasts 5 minutes: a part of `gen_ai.usage.cache_write.input_tokens`. Type: int. */
export const ATTR_GENSPAN_USAGE_CACHE_WRITE_5M_INPUT_TOKENS = "genspan.usage.cache_write_5m.input_tokens";
/** Tokens written to a cache that lasts an hour: a part of `gen_ai.usage.cache_write.input_tokens`. Type: int. */
export const ATTR_GENSPAN_USAGE_CACHE_WRITE_1H_INPUT_TOKENS = "genspan.usage.cache_write_1h.input_tokens";

/** Labels of the call, for filtering at a vendor. Type: string[]. */
export const ATTR_GENSPAN_TAGS = "genspan.tags";
/** Free-form key/value data: one attribute for each key, `genspan.metadata.<key>`. */
export const ATTR_GENSPAN_METADATA_PREFIX = "genspan.metadata.";

/** Whose call it is, at vendors that serve several organizations (Log10, Noveum). */
export const ATTR_GENSPAN_ORGANIZATION_ID = "genspan.organization.id";
/** The vendor's project that the record belongs to; a UUID at Galileo. */
export const ATTR_GENSPAN_PROJECT_ID = "genspan.project.id";
/** Its name, where the vendor wants that as well (Noveum). */
export const ATTR_GENSPAN_PROJECT_NAME = "genspan.project.name";
/** The vendor's experiment that the record belongs to; a UUID at Galileo. */
export const ATTR_GENSPAN_EXPERIMENT_ID = "genspan.experiment.id";
/** UUID of the log stream within the project (Galileo). */
export const ATTR_GENSPAN_LOG_STREAM_ID = "genspan.log_stream.id";
/** The conversation thread, where it is not the conversation id. */
export const ATTR_GENSPAN_THREAD_ID = "genspan.thread.id";
/** Groups traces of one kind (Keywords AI `group_identifier`). */
export const ATTR_GENSPAN_GROUP_ID = "genspan.group.id";
/** An indexed identifier of the user's own (Keywords AI `custom_identifier`). */
export const ATTR_GENSPAN_CUSTOM_ID = "genspan.custom.id";
/** The end user by name (Keywords AI `customer_params.name`). */
export const ATTR_GENSPAN_CUSTOMER_NAME = "genspan.customer.name";
/** The end user's address (Keywords AI `customer_params.email`). */
export const ATTR_GENSPAN_CUSTOMER_EMAIL = "genspan.customer.email";
/** Id of the virtual API key that was used; never the key. */
export const ATTR_GENSPAN_API_KEY_ID = "genspan.api_key.id";
/** Id of the routing rule that chose the provider. */
export const ATTR_GENSPAN_ROUTING_RULE = "genspan.routing_rule";
/** JSON text: decisions of a policy engine about the call. */
export const ATTR_GENSPAN_POLICY_DECISIONS = "genspan.policy_decisions";
/** JSON text: PII or DLP violations that were detected. */
export const ATTR_GENSPAN_SECURITY_VIOLATIONS = "genspan.security_violations";
/** The episode that the call belongs to (CyberPod `episode_id`, of which its document says no more). */
export const ATTR_GENSPAN_EPISODE_ID = "genspan.episode.id";
/** Whether the user liked the answer. Type: boolean. */
export const ATTR_GENSPAN_POSITIVE_FEEDBACK = "genspan.positive_feedback";

/**
 * The id that a vendor knows the span's record by, and that of its trace, where these are not the span's own. Set when a
 * span is made of a vendor's record; a record that is made of it again has the same ids.
 */
export const ATTR_GENSPAN_RECORD_ID = "genspan.record.id";
export const ATTR_GENSPAN_RECORD_TRACE_ID = "genspan.record.trace_id";
/** SHA-256 of the request in hex, where the producer states it (CyberPod `request_hash`). */
export const ATTR_GENSPAN_REQUEST_HASH = "genspan.request.hash";

/** Identity attributes of the core conventions that the mappings read. */
export const ATTR_USER_ID = "user.id";
export const ATTR_SESSION_ID = "session.id";
export const ATTR_HTTP_RESPONSE_STATUS_CODE = "http.response.status_code";

/**
 * Description of the context key under which `propagateAttributes` keeps a `Readonly<Record<string, AttributeValue>>`.
 * `createContextKey` of every copy of the API makes the same key of the same description.
 */
export const CONTEXT_KEY_PROPAGATED_ATTRIBUTES = "genspan.propagated-attributes";

/** One frame of `genspan.stacktrace`. */
export interface StackFrame {
  /** Path or URL of the source file. */
  readonly file: string;
  /** 1-based line number. */
  readonly lineno: number;
  /** Function name, or `<anonymous>`. */
  readonly name: string;
  /** Text of the source line; empty when it cannot be read. */
  readonly line: string;
}
