import { INVALID_SPAN_CONTEXT, type Span, type SpanContext, type Tracer } from "@opentelemetry/api";
import type { NativeCall } from "../adapter.ts";
import { isObject } from "../engine/read.ts";

/**
 * From version 0.134 on the library makes spans itself, one for each call of its API and on by default where a tracer
 * provider is registered. One call is to be one span, ours: while a traced method runs, the client's tracer gives out a
 * span that says nothing to anybody and has the ids of ours. So everything else that the library does for its spans it
 * still does: the trace context goes into the request's headers, and what it wraps stays wrapped.
 *
 * Spans of the library's for what is no call (`anthropic.messages.tool_runner`, `anthropic.custom_tool_use ...`) stay.
 *
 * A helper such as `messages.stream()` starts the library's span before it makes the call.
 */
export function withoutTheirSpan({ client, run, span, args }: NativeCall): unknown {
  const traced = client as { _tracer?: Tracer };
  const theirs = traced._tracer;
  if (theirs === undefined || isNoop(theirs)) return run(args);
  const mute = pending ?? new MuteSpan();
  if (span !== undefined) mute.context = span.spanContext();
  if (!isWritable(client)) return run(withSpan(args, mute));
  const outer = pending;
  pending = span === undefined ? mute : undefined;
  traced._tracer = new StandIn(theirs, mute, span !== undefined);
  try {
    return run(args);
  } finally {
    traced._tracer = theirs;
    pending = outer;
  }
}

/** That of the helper whose code is running: the call that it makes gives it its ids. */
let pending: MuteSpan | undefined;

/** Without a tracer provider the library's spans are nothing, and it takes another way through its code. */
function isNoop(tracer: Tracer): boolean {
  const { _getTracer } = tracer as { _getTracer?: () => unknown };
  const behind: unknown = typeof _getTracer === "function" ? _getTracer.call(tracer) : tracer;
  return isObject(behind) && behind.constructor?.name === "NoopTracer";
}

/** A client that the application froze keeps its tracer. */
function isWritable(client: object): boolean {
  return Object.getOwnPropertyDescriptor(client, "_tracer")?.writable === true;
}

/** The library takes the span of a helper from the options of a request (`__span`) in the place of a new one. */
function withSpan(args: readonly unknown[], span: Span): readonly unknown[] {
  const [body, options, ...rest] = args;
  const given = isObject(options) ? options : {};
  return [body, { ...given, __span: { span, name: CALL, startTime: Date.now() } }, ...rest];
}

/** Name of the library's span for a call, which a helper starts. */
const CALL = "anthropic.messages.create";

class StandIn implements Tracer {
  readonly #theirs: Tracer;
  readonly #mute: MuteSpan;
  readonly #isCall: boolean;

  constructor(theirs: Tracer, mute: MuteSpan, isCall: boolean) {
    this.#theirs = theirs;
    this.#mute = mute;
    this.#isCall = isCall;
  }

  startSpan(...args: Parameters<Tracer["startSpan"]>): Span {
    return this.#isCall || args[0] === CALL ? this.#mute : this.#theirs.startSpan(...args);
  }

  startActiveSpan(...args: unknown[]): never {
    // Overloads cannot be spread; what is passed through is what was given.
    return (this.#theirs.startActiveSpan as (...given: unknown[]) => never)(...args);
  }
}

/** Takes everything and keeps nothing. It says that it records, or the library would leave it aside. */
class MuteSpan implements Span {
  context: SpanContext = INVALID_SPAN_CONTEXT;

  spanContext(): SpanContext {
    return this.context;
  }

  isRecording(): boolean {
    return true;
  }

  setAttribute(): this {
    return this;
  }

  setAttributes(): this {
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  end(): void {}

  recordException(): void {}
}
