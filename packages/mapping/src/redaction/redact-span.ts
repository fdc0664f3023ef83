import {
  type ReadableSpanLike,
  type ResourceLike,
  type ScopeLike,
  type SpanEventLike,
  type SpanLinkLike,
  spanWith,
} from "../engine/readable-span.ts";
import type { TextPlace } from "./options.ts";
import type { Policy } from "./policy.ts";

/** What a span's parts are handed to: the redactor, without its counters. */
export interface ValueRedactor {
  readonly policy: Policy;
  removed: number;
  name(name: string): string;
  text(text: string, place: TextPlace): string;
  value(value: unknown, place: TextPlace): unknown;
}

type Attributes = Readonly<Record<string, unknown>>;

/**
 * One pass over everything of a span that holds text. Ids, times and kinds stay. The original is not touched: other
 * processors have it too.
 */
export function redactSpan(span: ReadableSpanLike, redactor: ValueRedactor): ReadableSpanLike {
  const name = redactor.text(span.name, { part: "name", key: "" });
  const status = redactStatus(span.status, redactor);
  const attributes = redactAttributes(span.attributes, "attribute", redactor);
  const events = same(span.events, (event) => redactEvent(event, redactor));
  const links = same(span.links, (link) => redactLink(link, redactor));
  const resource = redactResource(span.resource, redactor);
  const scope = redactScope(span.instrumentationScope, redactor);
  const library = redactScope(span.instrumentationLibrary, redactor);
  const isClean =
    name === span.name &&
    status === span.status &&
    attributes === span.attributes &&
    events === span.events &&
    links === span.links &&
    resource === span.resource &&
    scope === span.instrumentationScope &&
    library === span.instrumentationLibrary &&
    hasCleanState(span.spanContext(), redactor) &&
    (span.parentSpanContext === undefined || hasCleanState(span.parentSpanContext, redactor));
  if (isClean) return span;
  const context = redactContext(span.spanContext(), redactor);
  return spanWith(span, {
    name,
    spanContext: () => context,
    parentSpanContext: span.parentSpanContext && redactContext(span.parentSpanContext, redactor),
    status,
    attributes,
    links,
    events,
    resource,
    instrumentationScope: scope,
    instrumentationLibrary: library,
  });
}

function redactStatus(status: ReadableSpanLike["status"], redactor: ValueRedactor): ReadableSpanLike["status"] {
  const { message } = status;
  if (message === undefined) return status;
  if (!redactor.policy.mayLeave("status.message")) {
    redactor.removed++;
    return { code: status.code };
  }
  const clean = redactor.text(message, { part: "status", key: "" });
  return clean === message ? status : { code: status.code, message: clean };
}

function redactAttributes(attributes: Attributes, part: TextPlace["part"], redactor: ValueRedactor): Attributes {
  const { allMayLeave, mayLeave } = redactor.policy;
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(attributes)) {
    if (!allMayLeave && !mayLeave(key)) {
      copy ??= { ...attributes };
      delete copy[key];
      redactor.removed++;
      continue;
    }
    const value = attributes[key];
    const clean = redactor.value(value, { part, key });
    const name = redactor.name(key);
    if (clean === value && name === key) continue;
    copy ??= { ...attributes };
    if (name !== key) delete copy[key];
    Object.defineProperty(copy, name, { value: clean, enumerable: true, writable: true, configurable: true });
  }
  return copy ?? attributes;
}

function redactEvent(event: SpanEventLike, redactor: ValueRedactor): SpanEventLike {
  const name = redactor.text(event.name, { part: "event", key: "" });
  const attributes = event.attributes && redactAttributes(event.attributes, "event", redactor);
  return name === event.name && attributes === event.attributes ? event : { ...event, name, attributes };
}

function redactLink(link: SpanLinkLike, redactor: ValueRedactor): SpanLinkLike {
  const attributes = link.attributes && redactAttributes(link.attributes, "link", redactor);
  if (attributes === link.attributes && hasCleanState(link.context, redactor)) return link;
  return { ...link, context: redactContext(link.context, redactor), attributes };
}

const resources = new WeakMap<ValueRedactor, WeakMap<Attributes, ResourceLike>>();

/** All spans of a process share one resource: it is looked through once, and again when its attributes are others. */
function redactResource(resource: ResourceLike, redactor: ValueRedactor): ResourceLike {
  const { attributes } = resource;
  const known = resources.get(redactor) ?? new WeakMap<Attributes, ResourceLike>();
  resources.set(redactor, known);
  const before = known.get(attributes);
  if (before !== undefined) return before;
  const clean = redactAttributes(attributes, "resource", redactor);
  const result = clean === attributes ? resource : { attributes: clean };
  // SDK 2 and 3 make a new object for each reading of the attributes until the asynchronous ones are there.
  if (!resource.asyncAttributesPending) known.set(attributes, result);
  return result;
}

function redactScope(scope: ScopeLike | undefined, redactor: ValueRedactor): ScopeLike | undefined {
  if (scope === undefined) return undefined;
  const name = redactor.text(scope.name, { part: "scope", key: "name" });
  const version = scope.version && redactor.text(scope.version, { part: "scope", key: "version" });
  const schemaUrl = scope.schemaUrl && redactor.text(scope.schemaUrl, { part: "scope", key: "schemaUrl" });
  const isClean = name === scope.name && version === scope.version && schemaUrl === scope.schemaUrl;
  return isClean ? scope : { ...scope, name, version, schemaUrl };
}

type Context = ReturnType<ReadableSpanLike["spanContext"]>;

/** A trace state is other vendors' text: with anything to hide in it, it does not leave. */
function hasCleanState({ traceState }: Context, redactor: ValueRedactor): boolean {
  const text = traceState?.serialize();
  return !text || redactor.text(text, { part: "attribute", key: "tracestate" }) === text;
}

function redactContext(context: Context, redactor: ValueRedactor): Context {
  if (hasCleanState(context, redactor)) return context;
  const { traceId, spanId, traceFlags } = context;
  return { traceId, spanId, traceFlags, ...(context.isRemote !== undefined && { isRemote: context.isRemote }) };
}

/** The same list where every element stayed the same. */
function same<T extends object>(list: readonly T[], change: (one: T) => T): readonly T[] {
  let isSame = true;
  const changed = list.map((one) => {
    const after = change(one);
    if (after !== one) isSame = false;
    return after;
  });
  return isSame ? list : changed;
}
