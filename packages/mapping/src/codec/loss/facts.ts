import { ATTR_GEN_AI_EVALUATION_NAME, EVENT_GEN_AI_EVALUATION_RESULT } from "@genspan/semconv";
import type { GenAISpan } from "../../engine/genai-span.ts";
import { type ReadableSpanLike, type SpanEventLike, scopeOf, spanWith } from "../../engine/readable-span.ts";

/** One thing that a span says. */
export interface Fact {
  /** As in a `LossEntry`. */
  readonly name: string;
  readonly value: unknown;
  /** The span without it; absent for what the span does not say itself. */
  readonly without?: () => GenAISpan;
  /** Other spans say the same of the process that made them all. */
  readonly isShared?: boolean;
}

/** Everything that a span says beside ids, times and kind. */
export function factsOf(span: GenAISpan): readonly Fact[] {
  const { source } = span;
  const like = (changes: Partial<ReadableSpanLike>) => () => span.like(spanWith(source, changes));
  const { name = "", version } = scopeOf(source) ?? {};
  const noScope = like({ instrumentationScope: { name: "" }, instrumentationLibrary: undefined });
  return [
    { name: "span.name", value: span.name, without: like({ name: "" }) },
    ...stated("span.status.message", span.statusMessage, like({ status: { code: source.status.code } })),
    ...attributesOf(span),
    ...source.events.map((event, at) => ({
      name: nameOfEvent(event),
      value: event.attributes ?? {},
      without: like({ events: source.events.filter((_, index) => index !== at) }),
    })),
    ...source.links.map(({ context, attributes }, at) => ({
      name: "link",
      value: { ...attributes, trace: context.traceId },
      without: like({ links: source.links.filter((_, index) => index !== at) }),
    })),
    ...Object.entries(span.resource).map(([key, value]) => ({
      name: `resource:${key}`,
      value,
      without: () => withoutOfResource(span, key),
      isShared: true,
    })),
    ...stated("scope.name", name, noScope),
    ...stated("scope.version", version, noScope),
  ];
}

export function withoutOfResource(span: GenAISpan, key: string): GenAISpan {
  const { source } = span;
  return span.like(spanWith(source, { resource: { attributes: omitted(source.resource.attributes, key) } }));
}

/** Results of evaluations also by what was evaluated, since a span has several of them. */
export function nameOfEvent({ name, attributes = {} }: SpanEventLike): string {
  const metric = name === EVENT_GEN_AI_EVALUATION_RESULT ? attributes[ATTR_GEN_AI_EVALUATION_NAME] : undefined;
  return `event:${name}${typeof metric === "string" ? ` ${metric}` : ""}`;
}

function stated(name: string, value: string | undefined, without: () => GenAISpan): readonly Fact[] {
  return value ? [{ name, value, without }] : [];
}

/** Under current names; then those of other names that were read as nothing. */
function attributesOf(span: GenAISpan): readonly Fact[] {
  const { attributes, source } = span;
  const current = Object.entries(attributes).map(([name, value]) => ({
    name,
    value,
    without: () => span.likeCurrent(spanWith(source, { attributes: omitted(attributes, name) })),
  }));
  const unread = Object.entries(source.attributes).filter(
    ([name, value]) => attributes[name] === undefined && value !== undefined && isUnread(span, name),
  );
  return [...current, ...lookedUp(span), ...unread.map(([name, value]) => ({ name, value }))];
}

/** Whether an attribute of another dialect changes nothing of what the span says in current names. */
function isUnread(span: GenAISpan, name: string): boolean {
  const { source, attributes } = span;
  const { attributes: without } = span.like(spanWith(source, { attributes: omitted(source.attributes, name) }));
  return JSON.stringify(without) === JSON.stringify(attributes);
}

/** What we add ourselves: the source and the date of a price, where the span does not state its cost. */
function lookedUp(span: GenAISpan): readonly Fact[] {
  if (span.ownCost === undefined) return [];
  return Object.entries(span.priceNote)
    .filter(([name]) => !(name in span.attributes))
    .map(([name, value]) => ({ name, value }));
}

function omitted(values: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const { [name]: _omitted, ...others } = values;
  return others;
}
