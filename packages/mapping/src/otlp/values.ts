import type { HrTime } from "@opentelemetry/api";

/**
 * Values of OTLP/JSON, read by hand: a file has millions of them, and a schema library takes several times as long and
 * leaves several times as much behind. Forgiving as the OTLP specification asks: unknown fields are skipped, 64-bit
 * numbers may be text.
 */

type Fields = Readonly<Record<string, unknown>>;

/** Something is not what OTLP says; `place` names it from the span on. */
export class Fault extends Error {
  readonly place: string;

  constructor(place: string, problem: string) {
    super(problem);
    this.place = place;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function fieldsAt(value: unknown, place: string): Fields {
  if (isFields(value)) return value;
  throw new Fault(place, "must be an object");
}

const NONE: readonly unknown[] = [];

/** A list; one that is not there is empty. */
export function listAt(value: unknown, place: string): readonly unknown[] {
  if (value === undefined || value === null) return NONE;
  if (Array.isArray(value)) return value;
  throw new Fault(place, "must be an array");
}

export function textAt(value: unknown, place: string): string | undefined {
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  throw new Fault(place, "must be a text");
}

export function numberAt(value: unknown, place: string): number {
  if (value === undefined || value === null) return 0;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw new Fault(place, "must be a number");
}

const TRACE_ID = /^[0-9a-fA-F]{32}$/;
const SPAN_ID = /^[0-9a-fA-F]{16}$/;

export function traceIdAt(value: unknown, place: string): string {
  if (typeof value === "string" && TRACE_ID.test(value)) return value.toLowerCase();
  throw new Fault(place, "must be 32 hex digits");
}

export function spanIdAt(value: unknown, place: string): string {
  if (typeof value === "string" && SPAN_ID.test(value)) return value.toLowerCase();
  throw new Fault(place, "must be 16 hex digits");
}

/** Nanoseconds exceed what a JSON number can hold exactly, so text is split before it is made a number. */
export function timeAt(value: unknown, place: string): HrTime {
  if (typeof value === "string" && /^\d{1,20}$/.test(value)) {
    return [Number(value.slice(0, -9)), Number(value.slice(-9))];
  }
  if (value === undefined || value === null || value === "") return [0, 0];
  const nanos = BigInt(Math.max(0, Math.trunc(numberAt(value, place))));
  return [Number(nanos / 1_000_000_000n), Number(nanos % 1_000_000_000n)];
}

/** Deeper structures are nobody's attributes. */
const DEEPEST = 100;

/** Attributes by name. The record has no prototype: `__proto__` is a name like others. */
export function recordAt(pairs: unknown, place: string, depth = 0): Record<string, unknown> {
  const record: Record<string, unknown> = Object.create(null);
  for (const pair of listAt(pairs, place)) {
    if (!isFields(pair) || typeof pair["key"] !== "string") throw new Fault(place, "must be pairs of key and value");
    record[pair["key"]] = valueAt(pair["value"], place, depth);
  }
  return record;
}

function valueAt(value: unknown, place: string, depth: number): unknown {
  if (!isFields(value) || depth > DEEPEST) return undefined;
  if (typeof value["stringValue"] === "string") return value["stringValue"];
  if (typeof value["boolValue"] === "boolean") return value["boolValue"];
  if (value["intValue"] !== undefined) return numberAt(value["intValue"], `${place}: intValue`);
  if (value["doubleValue"] !== undefined) return doubleOf(value["doubleValue"]);
  if (isFields(value["arrayValue"])) {
    return listAt(value["arrayValue"]["values"], place).map((item) => valueAt(item, place, depth + 1));
  }
  if (isFields(value["kvlistValue"])) return recordAt(value["kvlistValue"]["values"], place, depth + 1);
  return typeof value["bytesValue"] === "string" ? value["bytesValue"] : undefined;
}

/** `NaN` and the infinities are text in JSON. */
function doubleOf(value: unknown): number | undefined {
  return typeof value === "number" || typeof value === "string" ? Number(value) : undefined;
}
