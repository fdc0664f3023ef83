import {
  GenAISpan,
  type ReadableSpanLike,
  type RedactionOptions,
  Redactor,
  type SpanReading,
  Trace,
} from "@genspan/mapping/core";
import { diag } from "@opentelemetry/api";
import type { Destination, Unit } from "./destination.ts";

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
    const clean = this.redactor.span(span.source);
    const redacted = clean === span.source ? span : new GenAISpan(clean, this.#reading);
    this.#spans.set(span, redacted);
    return redacted;
  }

  /** What is given up: spans as the SDK made them, or anything else that could be made of them. */
  payload(payload: unknown): unknown {
    if (Array.isArray(payload)) return payload.map((one) => this.payload(one));
    return isSpan(payload) ? this.redactor.span(payload) : this.redactor.record(payload);
  }
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

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
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
