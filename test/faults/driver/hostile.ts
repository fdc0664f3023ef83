/** Spans that cannot be read or written as they are. None may throw into the application or cost its neighbours. */
import type { AttributeValue, Tracer } from "@opentelemetry/api";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";

const fail = (): never => {
  throw new Error("hostile");
};

function deep(levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level++) value = { inner: value };
  return value;
}

const circular: Record<string, unknown> = {};
circular["self"] = circular;

/** Values that are no attribute values; applications pass them all the same. */
const VALUES: readonly unknown[] = [
  circular,
  2n ** 70n,
  deep(10_000),
  new Proxy({}, { get: fail, ownKeys: fail, has: fail }),
  Object.defineProperty({}, "a", { enumerable: true, get: fail }),
  Symbol("s"),
  new Date(Number.NaN),
  new Map([["a", 1]]),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e21,
  2 ** 63,
  "half \ud800 a pair",
  "nul \u0000 byte",
  ["mixed", 1, null],
];

/** Spans whose own fields are hostile: they are handed to the processor as an SDK would. */
const FIELDS: readonly (readonly [string, unknown])[] = [
  ["startTime", [Number.NaN, Number.NaN]],
  ["endTime", undefined],
  ["attributes", undefined],
  ["resource", undefined],
  ["name", undefined],
  ["events", [{ name: 5, time: [1, 1], attributes: circular }]],
];

/** Good spans among them. */
const GOOD = 9;

/** Ends one span for each. @returns how many; what throws is noted. */
export function endHostileSpans(tracer: Tracer, processor: SpanProcessor, thrown: string[]): number {
  let ended = 0;
  for (let good = 0; good < GOOD; good++) {
    tracer.startSpan("good").end();
    ended++;
  }
  const attempt = (act: () => void): void => {
    ended++;
    try {
      act();
    } catch (error) {
      thrown.push(String(error));
    }
  };
  for (const value of VALUES) {
    const span = tracer.startSpan("hostile value");
    attempt(() => processor.onEnd(withField(span as unknown as ReadableSpan, "attributes", { value })));
  }
  for (const [field, value] of FIELDS) {
    const span = tracer.startSpan("hostile field");
    attempt(() => processor.onEnd(withField(span as unknown as ReadableSpan, field, value)));
  }
  attempt(() => {
    const span = tracer.startSpan("hostile key");
    span.setAttribute("", "an empty key").setAttribute("\ud800", "half a pair");
    span.setAttribute("object", circular as unknown as AttributeValue);
    span.end();
  });
  attempt(() => {
    const span = tracer.startSpan("hostile end");
    span.end(new Date("nope"));
  });
  return ended;
}

/** The span with one field replaced, as a proxy: SDK spans cannot be changed. */
function withField(span: ReadableSpan, field: string, value: unknown): ReadableSpan {
  return new Proxy(span, {
    get(target, asked) {
      if (asked === field) return value;
      if (asked === "ended") return true;
      const found: unknown = Reflect.get(target, asked);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
}
