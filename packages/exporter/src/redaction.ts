import {
  GenAISpan,
  type ReadableSpanLike,
  type RedactionOptions,
  Redactor,
  type SpanReading,
  spanWith,
  Trace,
  WITHHELD,
} from "@genspan/mapping/core";
import { diag } from "@opentelemetry/api";
import type { Destination, Unit } from "./destination.ts";
import { nameOf } from "./runtime/warn-once.ts";

/**
 * Hides what a policy says in everything that reaches a destination: spans before they are encoded, and so before they
 * are queued or stored; finished records; and what is given up. Destinations of one policy share one: a span is looked
 * through once.
 */
export class Redaction {
  readonly redactor: Redactor;
  readonly #reading: SpanReading | undefined;
  readonly #spans: WeakMap<GenAISpan, GenAISpan> = new WeakMap();

  /** @throws {RedactionOptionsError} for a wrong option. */
  constructor(options: RedactionOptions, reading: SpanReading | undefined) {
    this.#reading = reading;
    // Not its message, which may quote the text.
    this.redactor = new Redactor(options, (error) =>
      diag.warn(`genspan: a rule of redaction threw (${nameOf(error)}), the text is withheld`),
    );
  }

  unit(unit: Unit): Unit {
    return new RedactedUnit(unit, this);
  }

  span(span: GenAISpan): GenAISpan {
    const known = this.#spans.get(span);
    if (known !== undefined) return known;
    const clean = this.redactor.span(this.#inCurrentNames(span));
    const redacted = clean === span.source ? span : new GenAISpan(clean, this.#reading);
    // Who changes a span after its end may add what must not leave: then its names are looked at again.
    if (redacted !== span || this.redactor.policy.allMayLeave) this.#spans.set(span, redacted);
    return redacted;
  }

  /** What is given up: spans as the SDK made them, or anything else that could be made of them. */
  payload(payload: unknown): unknown {
    if (Array.isArray(payload)) return payload.map((one) => this.payload(one));
    if (!isSpan(payload)) return this.redactor.record(payload);
    try {
      return this.span(new GenAISpan(payload, this.#reading)).source;
    } catch {
      return WITHHELD;
    }
  }

  /** What is told of trouble: an error's message, or a server's answer, may quote what was sent. */
  why<T extends { readonly reason: string; readonly detail?: string | undefined }>(why: T): T {
    const { reason, detail } = why;
    const clean = detail && this.redactor.text(detail, { part: "status", key: "" });
    return { ...why, reason: this.redactor.name(reason), ...(clean !== undefined && { detail: clean }) };
  }

  /**
   * Where attributes may not leave, content that another dialect carries under other names must not either: it would
   * come back when the span is read. Such a span leaves under the names of the current conventions.
   */
  #inCurrentNames(span: GenAISpan): ReadableSpanLike {
    const { source } = span;
    const { allMayLeave, isAllowList, mayLeave } = this.redactor.policy;
    if (allMayLeave || span.attributes === source.attributes) return source;
    const attributes: Record<string, unknown> = { ...span.attributes };
    if (isAllowList) {
      // Asked for under the name that the producer uses.
      for (const [name, value] of Object.entries(source.attributes)) if (mayLeave(name)) attributes[name] = value;
    }
    const denied = Object.keys(attributes).filter((name) => !mayLeave(name));
    for (const name of denied) delete attributes[name];
    this.redactor.removed += denied.length;
    const named = spanWith(source, { attributes });
    // What is read from events has the name of an attribute as well.
    const again = Object.keys(new GenAISpan(named, this.#reading).attributes);
    return again.every((name) => name in attributes || mayLeave(name)) ? named : withoutEventContent(named);
  }
}

function withoutEventContent(span: ReadableSpanLike): ReadableSpanLike {
  return { ...span, events: span.events.map((event) => ({ ...event, attributes: {} })) };
}

/** Looked through when somebody asks: a destination that reads no ancestors does not pay for them. */
class RedactedUnit implements Unit {
  readonly #unit: Unit;
  readonly #redaction: Redaction;
  #trace: Trace | undefined;

  constructor(unit: Unit, redaction: Redaction) {
    this.#unit = unit;
    this.#redaction = redaction;
  }

  get original(): Unit {
    return this.#unit;
  }

  get span(): GenAISpan {
    return this.#redaction.span(this.#unit.span);
  }

  get trace(): Trace {
    const { trace } = this.#unit;
    const spans = trace.spans.map((span) => this.#redaction.span(span));
    const isClean = spans.every((span, index) => span === trace.spans[index]);
    this.#trace ??= isClean ? trace : new Trace(spans, trace);
    return this.#trace;
  }

  readonly redact = <T extends object>(record: T): T => this.#redaction.redactor.record(record);
}

function isSpan(value: unknown): value is ReadableSpanLike {
  return typeof value === "object" && value !== null && "spanContext" in value && "attributes" in value;
}

/** Which policy holds at which destination; the same options make one policy. */
export function redactionsOf(
  destinations: readonly Destination[],
  everywhere: RedactionOptions | undefined,
  reading: SpanReading | undefined,
): ReadonlyMap<Destination, Redaction> {
  const byOptions = new Map<RedactionOptions, Redaction>();
  const result = new Map<Destination, Redaction>();
  for (const destination of destinations) {
    const options = destination.redact ?? everywhere;
    if (options === undefined || options === false) continue;
    const redaction = byOptions.get(options) ?? new Redaction(options, reading);
    byOptions.set(options, redaction);
    result.set(destination, redaction);
  }
  return result;
}
