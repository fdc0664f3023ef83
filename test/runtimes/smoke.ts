/**
 * What an application does with an instrumented client in any JavaScript runtime: a plain call, a stream, a stream that it leaves, a
 * call that is refused. Uses nothing of Node.
 */
import { instrument } from "@genspan/instrumentation";
import { BasicTracerProvider, type ReadableSpan, type Span, type SpanProcessor } from "@opentelemetry/sdk-trace-base";

export interface SmokeCall {
  readonly call: string;
  /** What the application got. */
  readonly outcome: string;
  readonly started: number;
  readonly spans: readonly SmokeSpan[];
}

export interface SmokeSpan {
  readonly name: string;
  readonly errorType: unknown;
  readonly inputTokens: unknown;
  readonly finishReasons: unknown;
  readonly output: unknown;
}

/** How a client is called; `bare` is not instrumented yet. */
export interface SmokeClient {
  readonly bare: object;
  chat(client: object, prompt: string): PromiseLike<unknown>;
  stream(client: object, prompt: string): PromiseLike<unknown>;
}

export async function smoke({ bare, chat, stream }: SmokeClient): Promise<readonly SmokeCall[]> {
  const spans = new MemorySpans();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [spans] });
  const client = instrument(bare, { tracerProvider, captureContent: "span" });
  if (client !== bare) throw new Error("instrument() gave back another object");
  const chunks = async (prompt: string): Promise<AsyncIterable<unknown>> =>
    (await stream(client, prompt)) as AsyncIterable<unknown>; // the stream of either client
  const calls: Readonly<Record<string, () => Promise<string>>> = {
    plain: async () => `answer ${typeof (await chat(client, "Hello"))}`,
    stream: async () => {
      let count = 0;
      for await (const _ of await chunks("Hello")) count++;
      return `${count} chunks`;
    },
    break: async () => {
      for await (const _ of await chunks("Hello")) break;
      return "left";
    },
    refused: () =>
      Promise.resolve(chat(client, "ERR")).then(
        () => "did not reject",
        (error: unknown) => `rejected with ${error instanceof Error ? Reflect.get(error, "status") : error}`,
      ),
  };
  const report: SmokeCall[] = [];
  for (const [call, run] of Object.entries(calls)) {
    spans.clear();
    const outcome = await run();
    await new Promise((resolve) => setTimeout(resolve, 20));
    report.push({ call, outcome, started: spans.started, spans: spans.ended.map(summary) });
  }
  return report;
}

const summary = ({ name, attributes }: ReadableSpan): SmokeSpan => ({
  name,
  errorType: attributes["error.type"],
  inputTokens: attributes["gen_ai.usage.input_tokens"],
  finishReasons: attributes["gen_ai.response.finish_reasons"],
  output: attributes["gen_ai.output.messages"],
});

class MemorySpans implements SpanProcessor {
  started = 0;
  ended: ReadableSpan[] = [];
  onStart(_span: Span): void {
    this.started += 1;
  }
  onEnd(span: ReadableSpan): void {
    this.ended.push(span);
  }
  clear(): void {
    this.started = 0;
    this.ended = [];
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}
