/** Instrumentations with the usual faults. The behaviour suite has to flag each of them, or it could not fail. */
import { type Span, trace } from "@opentelemetry/api";
import type OpenAI from "openai";

type Create = OpenAI["chat"]["completions"]["create"];
type Bad = (create: Create, span: Span, args: Parameters<Create>) => unknown;

const isStream = (value: unknown): value is AsyncIterable<unknown> & { tee(): [AsyncIterable<unknown>, unknown] } =>
  typeof value === "object" && value !== null && "tee" in value;

function replaceCreate(client: OpenAI, bad: Bad): OpenAI {
  const { completions } = client.chat;
  const create = completions.create.bind(completions) as Create; // bind keeps one overload only
  const replacement = (...args: Parameters<Create>): unknown => {
    const span = trace.getTracer("bad").startSpan("chat");
    return bad(create, span, args);
  };
  completions.create = replacement as Create; // part of the fault
  return client;
}

const drain = async (stream: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of stream) {
    // only the end matters here
  }
};

export const badInstrumentations = {
  /** Gives an ordinary promise back instead of the client's own. */
  "bad-await": (client: OpenAI): OpenAI =>
    replaceCreate(client, async (create, span, args) => {
      try {
        return await create(...args);
      } finally {
        span.end();
      }
    }),
  /** Reads a stream to its end on the application's behalf. */
  "bad-tee": (client: OpenAI): OpenAI =>
    replaceCreate(client, async (create, span, args) => {
      const value: unknown = await create(...args).finally(() => span.end());
      if (!isStream(value)) return value;
      const [application, own] = value.tee();
      void drain(own as AsyncIterable<unknown>);
      return application;
    }),
  /** Ends the span of an answered call, but not that of a stream or of a refused call. */
  "bad-forget": (client: OpenAI): OpenAI =>
    replaceCreate(client, (create, span, args) => {
      const promise = create(...args);
      if (args[0].stream !== true) {
        promise.asResponse().then(
          () => span.end(),
          () => {},
        );
      }
      return promise;
    }),
  /** Does nothing at all. */
  "bad-nothing": (client: OpenAI): OpenAI => client,
} as const;
