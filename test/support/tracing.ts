/** A real SDK (2.12) that keeps what it is given in memory. */
import { type Context, context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, type ReadableSpan, type Span, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { sleep } from "./http.ts";

/** Keeps every span from its start, so that one which never ends is seen as well. */
class MemorySpans implements SpanProcessor {
  readonly started: Span[] = [];
  readonly ended: ReadableSpan[] = [];
  /** Spans whose `end()` was called again: the SDK itself passes over that. */
  readonly endedTwice: Span[] = [];
  /** Attributes that a span was created with: those that a sampler can see. */
  readonly atStart: Map<Span, Readonly<Record<string, unknown>>> = new Map();
  onStart(span: Span, _parent: Context): void {
    this.started.push(span);
    this.atStart.set(span, { ...span.attributes });
    const end = span.end.bind(span);
    span.end = (...args) => {
      if (span.ended) this.endedTwice.push(span);
      end(...args);
    };
  }
  onEnd(span: ReadableSpan): void {
    this.ended.push(span);
  }
  get open(): readonly Span[] {
    return this.started.filter((span) => !span.ended);
  }
  /**
   * Waits until as many spans as expected started and all have ended, but not longer than the time given; longer where the machine is
   * too busy to give the process its turns.
   */
  async settle(expected: number, timeoutMillis = 120): Promise<void> {
    for (let waited = 0; waited < timeoutMillis; waited += 2) {
      if (this.ended.length >= expected && this.open.length === 0) return;
      await sleep(2);
    }
  }
  /** Waits for a span. @throws {Error} where it is not the only one, or has not ended. */
  async only(): Promise<ReadableSpan> {
    await this.settle(1);
    const [span, ...others] = this.ended;
    if (span !== undefined && others.length === 0 && this.open.length === 0) return span;
    throw new Error(`${this.ended.length} spans ended, ${this.open.length} open, expected one ended`);
  }
  clear(): void {
    this.started.length = 0;
    this.ended.length = 0;
    this.endedTwice.length = 0;
    this.atStart.clear();
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

export interface Tracing {
  readonly provider: BasicTracerProvider;
  readonly spans: MemorySpans;
  /** Takes the global registrations back, where there are any. */
  shutdown(): Promise<void>;
}

/** A provider of its own with an asynchronous context; `register` makes it the global one as well. */
export function startTracing(options: { readonly register?: boolean } = {}): Tracing {
  const spans = new MemorySpans();
  const provider = new BasicTracerProvider({ spanProcessors: [spans] });
  const contextManager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(contextManager);
  if (options.register) trace.setGlobalTracerProvider(provider);
  return {
    provider,
    spans,
    async shutdown() {
      await provider.shutdown();
      if (options.register) trace.disable();
      context.disable();
      contextManager.disable();
    },
  };
}
