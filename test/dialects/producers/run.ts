/** What a producer is given and prints, whatever SDK it runs on. */

/** One recording to play: the body that was sent, and where the recorded answer comes from. */
export interface Play {
  readonly id: string;
  /** Base URL in front of the path of the provider's API, such as `http://127.0.0.1:1/_c/ID/v1`. */
  readonly baseURL: string;
  readonly api: string;
  /** Of the recorded request. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Makes the recorded call with the real package and reads the answer to its end. */
export type Producer = (play: Play) => Promise<unknown>;

/** What of a span JSON can hold: everything but its methods. */
export interface PrintedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly name: string;
  readonly kind: number;
  readonly startTime: readonly [number, number];
  readonly endTime: readonly [number, number];
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly unknown[];
  readonly scope: { readonly name: string; readonly version?: string; readonly schemaUrl?: string };
}

/** The parts of any SDK's ended span that are printed. */
interface EndedSpan extends Omit<PrintedSpan, "traceId" | "spanId" | "parentSpanId" | "scope"> {
  readonly spanContext: () => { readonly traceId: string; readonly spanId: string };
  readonly parentSpanContext?: { readonly spanId: string } | undefined;
  readonly instrumentationScope: PrintedSpan["scope"];
}

export function plain(span: EndedSpan): PrintedSpan {
  const { name, kind, startTime, endTime, status, attributes, events, instrumentationScope } = span;
  const { traceId, spanId } = span.spanContext();
  const parentSpanId = span.parentSpanContext?.spanId;
  const scope = instrumentationScope;
  return { traceId, spanId, parentSpanId, name, kind, startTime, endTime, status, attributes, events, scope };
}

/** Reads the plays from the first argument, and prints what `take` gives after each, under its id. */
export async function run(producer: Producer, take: () => Promise<readonly PrintedSpan[]>): Promise<void> {
  const plays = JSON.parse(process.argv[2] ?? "[]") as readonly Play[]; // written by the test that starts this process
  const spans: Record<string, readonly PrintedSpan[]> = {};
  for (const play of plays) {
    try {
      await producer(play);
    } catch (error) {
      console.error(play.id, error); // a refused call has a span as well
    }
    await new Promise((resolve) => setTimeout(resolve, 20)); // some packages end their span a moment after the stream
    spans[play.id] = await take();
  }
  process.stdout.write(`\n${JSON.stringify(spans)}\n`, () => process.exit(0));
}

/** Reads a stream to its end; leaves any other answer alone. */
export async function consume(answer: unknown): Promise<void> {
  if (typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer) {
    for await (const _ of answer as AsyncIterable<unknown>); // the line above has looked
  }
}
