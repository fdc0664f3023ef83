import { INVALID_SPAN_CONTEXT, type Span, type Tracer, trace } from "@opentelemetry/api";

/**
 * From version 0.134 on the library makes spans itself, one for each call of its API and on by default. One call is to be
 * one span, ours: while a traced method runs, the client's tracer gives out a span that records nothing and stands for
 * ours, so that the trace context in the request's headers goes on as the user set it, with our span's id.
 *
 * Spans of the library's for what is no call (`anthropic.messages.tool_runner`, `anthropic.custom_tool_use ...`) stay.
 *
 * @param span of the call; undefined while a helper such as `messages.stream()` runs, which starts the library's span
 * before it makes the call.
 */
export function withoutTheirSpan(client: object, run: () => unknown, span: Span | undefined): unknown {
  const traced = client as { _tracer?: Tracer };
  const theirs = traced._tracer;
  if (theirs === undefined || !isWritable(client)) return run();
  traced._tracer = new StandIn(theirs, span);
  try {
    return run();
  } finally {
    traced._tracer = theirs;
  }
}

/** A client that the application froze keeps its tracer. */
function isWritable(client: object): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(client, "_tracer");
  return descriptor?.writable === true;
}

/** Name of the library's span for a call, which a helper starts. */
const CALL = "anthropic.messages.create";

class StandIn implements Tracer {
  readonly #theirs: Tracer;
  readonly #span: Span | undefined;

  constructor(theirs: Tracer, span: Span | undefined) {
    this.#theirs = theirs;
    this.#span = span;
  }

  startSpan(...args: Parameters<Tracer["startSpan"]>): Span {
    if (this.#span !== undefined) return trace.wrapSpanContext(this.#span.spanContext());
    return args[0] === CALL ? trace.wrapSpanContext(INVALID_SPAN_CONTEXT) : this.#theirs.startSpan(...args);
  }

  startActiveSpan(...args: unknown[]): never {
    // Overloads cannot be spread; what is passed through is what was given.
    return (this.#theirs.startActiveSpan as (...given: unknown[]) => never)(...args);
  }
}
