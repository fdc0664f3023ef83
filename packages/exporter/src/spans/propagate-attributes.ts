import * as semconv from "@genspan/semconv";
import {
  type Attributes,
  type AttributeValue,
  type Context,
  context,
  createContextKey,
  diag,
  type Span,
} from "@opentelemetry/api";
import { nameOf } from "../runtime/warn-once.ts";

/** What spans of a call, a request or a session have in common and no span source knows. */
export interface PropagatedAttributes {
  /** `user.id` */
  readonly userId?: string;
  /** `session.id` */
  readonly sessionId?: string;
  /** `gen_ai.conversation.id` */
  readonly conversationId?: string;
  /** `genspan.tags`; united with those of enclosing calls. */
  readonly tags?: readonly string[];
  /** `genspan.metadata.<key>` */
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
  /** `genspan.organization.id` */
  readonly organizationId?: string;
  /** `genspan.project.id` */
  readonly projectId?: string;
  /** `genspan.project.name` */
  readonly projectName?: string;
  /** `genspan.experiment.id` */
  readonly experimentId?: string;
  /** `genspan.log_stream.id` */
  readonly logStreamId?: string;
  /** `genspan.thread.id` */
  readonly threadId?: string;
  /** `genspan.group.id` */
  readonly groupId?: string;
  /** `genspan.custom.id` */
  readonly customId?: string;
  /** `genspan.customer.name` */
  readonly customerName?: string;
  /** `genspan.customer.email` */
  readonly customerEmail?: string;
  /** `genspan.api_key.id`: the id, never the key. */
  readonly apiKeyId?: string;
  /** `genspan.routing_rule` */
  readonly routingRule?: string;
  /** `genspan.policy_decisions`, as JSON. */
  readonly policyDecisions?: unknown;
  /** `genspan.security_violations`, as JSON. */
  readonly securityViolations?: unknown;
  /** `genspan.episode.id` */
  readonly episodeId?: string;
  /** `genspan.positive_feedback` */
  readonly positiveFeedback?: boolean;
  /** Any other span attributes. */
  readonly attributes?: Attributes;
}

const KEY = createContextKey(semconv.CONTEXT_KEY_PROPAGATED_ATTRIBUTES);

/**
 * Runs `run` so that every span that starts within it, in whatever library, carries these attributes. Calls nest: the
 * inner value wins, tags are united. Needs a context manager, as every tracing set-up has.
 *
 * @example
 * await propagateAttributes({ userId: "u1", sessionId: "s1", tags: ["beta"] }, () => answer(question));
 */
export function propagateAttributes<T>(values: PropagatedAttributes, run: () => T): T {
  let inner: Context;
  try {
    inner = withValues(context.active(), values);
  } catch (error) {
    diag.warn(`genspan: propagateAttributes could not read what it was given: ${nameOf(error)}`);
    return run();
  }
  return context.with(inner, run);
}

function withValues(active: Context, values: PropagatedAttributes): Context {
  const outer = propagated(active) ?? {};
  const inner = toAttributes(values);
  const tags = [outer[semconv.ATTR_GENSPAN_TAGS], inner[semconv.ATTR_GENSPAN_TAGS]].flatMap(
    (list) => (Array.isArray(list) ? (list as string[]) : []), // tags are strings by the type of `PropagatedAttributes`
  );
  const united = tags.length > 0 ? { [semconv.ATTR_GENSPAN_TAGS]: [...new Set(tags)] } : {};
  return active.setValue(KEY, { ...outer, ...inner, ...united });
}

/** Puts the attributes of the span's context on it, where it has none of its own. */
export function stampAttributes(
  span: Span & { readonly attributes?: Readonly<Record<string, unknown>> },
  parent: Context,
): void {
  const values = propagated(parent);
  if (values === undefined) return;
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && span.attributes?.[name] === undefined) span.setAttribute(name, value);
  }
}

function propagated(from: Context): Attributes | undefined {
  return from.getValue(KEY) as Attributes | undefined; // only `propagateAttributes` writes under this key
}

const NAMES = {
  userId: semconv.ATTR_USER_ID,
  sessionId: semconv.ATTR_SESSION_ID,
  conversationId: semconv.ATTR_GEN_AI_CONVERSATION_ID,
  organizationId: semconv.ATTR_GENSPAN_ORGANIZATION_ID,
  projectId: semconv.ATTR_GENSPAN_PROJECT_ID,
  projectName: semconv.ATTR_GENSPAN_PROJECT_NAME,
  experimentId: semconv.ATTR_GENSPAN_EXPERIMENT_ID,
  logStreamId: semconv.ATTR_GENSPAN_LOG_STREAM_ID,
  threadId: semconv.ATTR_GENSPAN_THREAD_ID,
  groupId: semconv.ATTR_GENSPAN_GROUP_ID,
  customId: semconv.ATTR_GENSPAN_CUSTOM_ID,
  customerName: semconv.ATTR_GENSPAN_CUSTOMER_NAME,
  customerEmail: semconv.ATTR_GENSPAN_CUSTOMER_EMAIL,
  apiKeyId: semconv.ATTR_GENSPAN_API_KEY_ID,
  routingRule: semconv.ATTR_GENSPAN_ROUTING_RULE,
  episodeId: semconv.ATTR_GENSPAN_EPISODE_ID,
  positiveFeedback: semconv.ATTR_GENSPAN_POSITIVE_FEEDBACK,
} as const;

function toAttributes(values: PropagatedAttributes): Attributes {
  const attributes: Attributes = { ...values.attributes };
  const set = (name: string, value: AttributeValue | undefined) => {
    if (value !== undefined) attributes[name] = value;
  };
  for (const [key, name] of Object.entries(NAMES)) set(name, values[key as keyof typeof NAMES]); // keys of NAMES
  for (const [key, value] of Object.entries(values.metadata ?? {})) {
    set(semconv.ATTR_GENSPAN_METADATA_PREFIX + key, value);
  }
  if (values.tags !== undefined) set(semconv.ATTR_GENSPAN_TAGS, [...values.tags]);
  if (values.policyDecisions !== undefined) {
    set(semconv.ATTR_GENSPAN_POLICY_DECISIONS, JSON.stringify(values.policyDecisions));
  }
  if (values.securityViolations !== undefined) {
    set(semconv.ATTR_GENSPAN_SECURITY_VIOLATIONS, JSON.stringify(values.securityViolations));
  }
  return attributes;
}
