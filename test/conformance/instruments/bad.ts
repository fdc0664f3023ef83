/** Instrumentations with the usual faults. The behaviour suite has to flag each of them, or it could not fail. */
import { type Span, trace } from "@opentelemetry/api";
import type OpenAI from "openai";
import type { Instrumented } from "../behaviour/instrument.ts";

type Create = OpenAI["chat"]["completions"]["create"];
type Bad = (create: Create, span: Span, args: Parameters<Create>) => unknown;

const isStream = (value: unknown): value is AsyncIterable<unknown> & { tee(): [AsyncIterable<unknown>, unknown] } =>
  typeof value === "object" && value !== null && "tee" in value;

/** Replaces `chat.completions.create` of every client. */
function replacing(bad: Bad): Instrumented {
  return {
    client(client) {
      const { completions } = (client as unknown as OpenAI).chat; // these faults are in an instrumentation of this client
      const create = completions.create.bind(completions) as Create; // bind keeps one overload only
      const replacement = (...args: Parameters<Create>): unknown => {
        const span = trace.getTracer("bad").startSpan("chat");
        return bad(create, span, args);
      };
      completions.create = replacement as Create; // part of the fault
      return client;
    },
  };
}

const drain = async (stream: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of stream) {
    // only the end matters here
  }
};

/** Gives an ordinary promise back instead of the client's own. */
export const awaiting = (): Instrumented =>
  replacing(async (create, span, args) => {
    try {
      return await create(...args);
    } finally {
      span.end();
    }
  });

/** Reads a stream to its end on the application's behalf. */
export const teeing = (): Instrumented =>
  replacing(async (create, span, args) => {
    const value: unknown = await create(...args).finally(() => span.end());
    if (!isStream(value)) return value;
    const [application, own] = value.tee();
    void drain(own as AsyncIterable<unknown>);
    return application;
  });

/** Ends the span of an answered call, but not that of a stream or of a refused call. */
export const forgetting = (): Instrumented =>
  replacing((create, span, args) => {
    const promise = create(...args);
    if (args[0].stream !== true) {
      promise.asResponse().then(
        () => span.end(),
        () => {},
      );
    }
    return promise;
  });

/** Ends every span at once, and again when the answer is there; leaves a listener on the process for each client. */
export const endingTwice = (): Instrumented => {
  const { client } = replacing((create, span, args) => {
    span.end();
    const promise = create(...args);
    promise.asResponse().then(
      () => span.end(),
      () => {},
    );
    return promise;
  });
  return {
    client(made) {
      process.on("beforeExit", () => made);
      return client?.(made) ?? made;
    },
  };
};

/** Ends its spans in time, but never lets go of any. */
export const keeping = (): Instrumented => {
  const kept: unknown[] = [];
  return replacing((create, span, args) => {
    span.end();
    kept.push(span);
    return create(...args);
  });
};

/** Does nothing at all. */
export const nothing = (): Instrumented => ({});
