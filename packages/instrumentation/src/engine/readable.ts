import { define } from "./iterators.ts";
import type { StreamObserver } from "./state.ts";

export function isReadable(value: object): value is ReadableStream<unknown> {
  return "getReader" in value && "tee" in value && typeof value.getReader === "function";
}

/** The reader of an observed stream: `read` and `cancel` are seen like `next` and `return` of an iterator. */
export function observedReader(reader: unknown, observer: StreamObserver): unknown {
  // Only byte streams have other readers, and no client library's stream of objects is one.
  const { read, cancel } = reader as ReadableStreamDefaultReader<unknown>;
  const iterator = {
    next: (): Promise<IteratorResult<unknown>> => read.call(reader) as Promise<IteratorResult<unknown>>,
    return: (reason: unknown): unknown => cancel.call(reader as ReadableStreamDefaultReader<unknown>, reason),
  };
  observer.observe(iterator as unknown as AsyncIterator<unknown>); // `return` is handed on as it is
  define(reader as object, "read", () => iterator.next());
  define(reader as object, "cancel", (reason?: unknown) => iterator.return(reason));
  return reader;
}

/**
 * A stream with the chunks of another, which is locked by it. It holds no chunk back and asks for none on its own
 * (`highWaterMark: 0`), so that back-pressure is what it was. The lock is given back at the end and on an error.
 */
export function relay(stream: object): ReadableStream<unknown> {
  // Only readable streams are relayed. Their `getReader` is one of the observed methods.
  const reader = (stream as ReadableStream<unknown>).getReader();
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        reader.releaseLock();
        controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
