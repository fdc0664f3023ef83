import { type Context, context, createContextKey, propagation } from "@opentelemetry/api";
import type { NativeCall } from "../adapter.ts";
import { type AnyFunction, likeOriginal } from "../engine/like-original.ts";
import { isObject, isRecord, list, record } from "../engine/read.ts";
import { reportOwnError } from "../engine/reports.ts";
import { state } from "../engine/state.ts";

/**
 * From version 2 on the library makes spans itself where it is told to (`MISTRAL_SDK_TELEMETRY=global`,
 * `setTracerProvider()`), in a hook that runs before each HTTP request. One call is to be one span, ours: for the calls
 * that are traced here, the hook makes a span that says nothing, and the trace context goes into the request's headers as
 * the hook would have put it there, with our span.
 *
 * Spans that the library sends to Mistral by an exporter of its own (`MISTRAL_SDK_TELEMETRY=dedicated`) meet ours nowhere,
 * and stay; so do those of calls that are not traced here, such as those that list models.
 */
export function withoutTheirSpan({ client, args, run, span }: NativeCall): unknown {
  const hook = list(record(client)["beforeRequestHooks"]).find(isTracingHook);
  if (hook === undefined || span === undefined) return run(args);
  patchHook(hook);
  const marked = context.active().setValue(tracedCall, true);
  return context.with(marked, () => {
    // Without a context manager nothing tells one call of the client from another.
    if (context.active() !== marked) untold.add(client);
    return run(args);
  });
}

const tracedCall = createContextKey("genspan.mistral.traced-call");
/** Clients, by their hooks. */
const untold = new WeakSet<object>();

/** What `suppressTracing()` of `@opentelemetry/core` sets: tracers of the SDK then make spans that do not record. */
const suppressed = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

type TracingHook = Readonly<Record<string, unknown>>;

function isTracingHook(hook: unknown): hook is TracingHook {
  return isRecord(hook) && hook["_mistralTracingHook"] === true;
}

type BeforeRequest = (this: TracingHook, call: Record<string, unknown>, request: Request) => Promise<Request>;

function patchHook(hook: TracingHook): void {
  const prototype: unknown = Object.getPrototypeOf(hook);
  if (!isObject(prototype) || state.patched.has(prototype)) return;
  state.patched.add(prototype);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, "beforeRequest");
  if (typeof descriptor?.value !== "function") return;
  const original = descriptor.value as BeforeRequest; // the library's own interface
  const { beforeRequest } = {
    beforeRequest(this: TracingHook, call: Record<string, unknown>, request: Request): Promise<Request> {
      const isTraced = context.active().getValue(tracedCall) === true;
      if (isTraced) return muted(this, original, call, request);
      if (isOfUntoldClient(call) && !sendsToMistral(this)) return Promise.resolve(request);
      return Reflect.apply(original, this, [call, request]);
    },
  };
  Object.defineProperty(prototype, "beforeRequest", {
    ...descriptor,
    value: likeOriginal(beforeRequest as AnyFunction, original as AnyFunction),
  });
}

/** Operations that have a span of ours. */
const operations =
  /^(chat_completion_v1|stream_(chat|agents|fim)$|agents_completion_v1|fim_completion_v1|embeddings_v1|agents_api_v1_conversations_(start|append|restart)|audio_api_v1_transcriptions|speech_v1)/;

function isOfUntoldClient({ options, operationID }: Record<string, unknown>): boolean {
  const { hooks } = record(options);
  return isObject(hooks) && untold.has(hooks) && operations.test(String(operationID));
}

/** Its first call is when the hook sets that up. */
function sendsToMistral(hook: TracingHook): boolean {
  if (hook["_autoTelemetryProvider"] !== undefined) return true;
  return globalThis.process?.env["MISTRAL_SDK_TELEMETRY"]?.trim().toLowerCase() === "dedicated";
}

/** Where the hook puts its span. */
const spanKey = "_tracingSpan";

async function muted(
  hook: TracingHook,
  original: BeforeRequest,
  call: Record<string, unknown>,
  request: Request,
): Promise<Request> {
  const ours = context.active();
  const passed = await context.with(new Muting(ours, hook), () => Reflect.apply(original, hook, [call, request]));
  const span = call[spanKey];
  if (!isObject(span) || hook["_autoTelemetryProvider"] !== undefined) return passed;
  try {
    const headers = new Headers(passed.headers);
    propagation.inject(ours, headers, { set: (carrier, name, value) => carrier.set(name, value) });
    // A new request: the hook knows the one that it passed on, and would send it within its own context.
    return new Request(passed, { headers });
  } catch (error) {
    reportOwnError("native telemetry", error);
    return passed;
  }
}

/** The context of our call in which nothing records, unless the spans go to Mistral: that turns out within. */
class Muting implements Context {
  readonly #context: Context;
  readonly #hook: TracingHook;

  constructor(ours: Context, hook: TracingHook) {
    this.#context = ours;
    this.#hook = hook;
  }

  getValue(key: symbol): unknown {
    if (key === suppressed) return this.#hook["_autoTelemetryProvider"] === undefined;
    return this.#context.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.#context.setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.#context.deleteValue(key);
  }
}
