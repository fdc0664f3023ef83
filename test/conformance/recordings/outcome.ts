/** What an application gets from a call: a value, or chunks, or an error, or chunks and then an error. */

export interface Outcome {
  readonly value?: unknown;
  readonly chunks?: readonly unknown[];
  readonly error?: {
    readonly class: string;
    readonly status: unknown;
    readonly code: unknown;
    readonly message: string;
    readonly body: unknown;
  };
}

type StreamOf = (value: unknown) => AsyncIterable<unknown> | undefined;

export async function outcomeOf(call: () => PromiseLike<unknown>, streamOf: StreamOf = iterable): Promise<Outcome> {
  const chunks: unknown[] = [];
  let streamed = false;
  try {
    const value = await call();
    const stream = streamOf(value);
    if (!stream) return { value };
    streamed = true;
    for await (const chunk of stream) chunks.push(chunk);
    return { chunks };
  } catch (error) {
    return { ...(streamed ? { chunks } : {}), error: errorOf(error) };
  }
}

function iterable(value: unknown): AsyncIterable<unknown> | undefined {
  const isIterable = typeof value === "object" && value !== null && Symbol.asyncIterator in value;
  return isIterable ? (value as AsyncIterable<unknown>) : undefined; // it has the method
}

function errorOf(error: unknown): NonNullable<Outcome["error"]> {
  if (!(error instanceof Error)) throw new Error(`thrown: ${String(error)}`);
  // Client libraries differ in the fields of their errors.
  const fields = error as Error & Readonly<Record<string, unknown>> & { $metadata?: { httpStatusCode?: number } };
  return {
    class: error.constructor.name,
    status: fields["status"] ?? fields["statusCode"] ?? fields.$metadata?.httpStatusCode,
    code: fields["code"],
    message: error.message,
    body: fields["error"] ?? fields["body"],
  };
}
