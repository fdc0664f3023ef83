/** Methods that give a plain promise of a stream, for each kind of stream that client libraries hand out. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it } from "vitest";
import type { ClientAdapter, MethodAdapter } from "../adapter.ts";
import { memorySpans } from "../testing/spans.ts";
import { install } from "./install.ts";
import { state } from "./state.ts";
import { createTracing } from "./tracing.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const method: MethodAdapter = {
  operation: "chat",
  path: "/chat",
  request: () => ({}),
  response: (response) => ({ "test.chunks": Number(response) }),
  isStreaming: () => true,
  stream: () => {
    let chunks = 0;
    return {
      add: () => {
        chunks += 1;
      },
      response: () => chunks,
    };
  },
};

function adapterOf(own: Partial<MethodAdapter> = {}): ClientAdapter {
  return {
    module: "test-library",
    supportedVersions: [],
    clientClasses: ["Client"],
    entryFiles: {},
    methods: { chat: { ...method, ...own } },
    client: (resource) => resource,
    isClient: () => true,
    baseUrl: () => undefined,
    provider: () => "test",
  };
}

/** A client class of its own for each test, whose `chat` gives what `make` makes. */
function clientOf<T>(make: () => T, own: Partial<MethodAdapter> = {}): { chat(body: object): Promise<T> } {
  class Client {
    async chat(_body: object): Promise<T> {
      return make();
    }
  }
  const client = new Client();
  install(adapterOf(own), { kind: "client", value: client }, { reachedBy: "instrument" });
  state.clients.set(client, createTracing({}));
  return client;
}

const spans = memorySpans();
let produced: number;
beforeEach(() => {
  produced = 0;
});
const chunksSeen = () => spans.getFinishedSpans().map(({ attributes }) => attributes["test.chunks"]);

async function* threeChunks(): AsyncGenerator<object> {
  for (let index = 0; index < 3; index += 1) {
    produced += 1;
    yield { index };
  }
}

class WithMethod {
  async *[Symbol.asyncIterator](): AsyncGenerator<object> {
    yield* threeChunks();
  }
}

class EventStream extends ReadableStream<object> {
  constructor() {
    const chunks = threeChunks();
    super(
      {
        async pull(controller) {
          const { done, value } = await chunks.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
      },
      { highWaterMark: 0 },
    );
  }
}

/** What TypeScript makes of an async generator for older language versions: all methods are own. */
function oldGenerator(): AsyncIterableIterator<object> {
  const inner = threeChunks();
  const outer: AsyncIterableIterator<object> = {
    next: () => inner.next(),
    return: (value) => inner.return(value),
    throw: (error) => inner.throw(error),
    [Symbol.asyncIterator]: () => outer,
  };
  return outer;
}

/** As the interactions of @google/genai stream: an iterator of its own, and every other method called on what is behind. */
function proxyOf(stream: EventStream): EventStream {
  return new Proxy(stream, {
    get(target, name) {
      if (name === Symbol.asyncIterator) return () => target[Symbol.asyncIterator]();
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const kinds: readonly (readonly [string, () => AsyncIterable<object>])[] = [
  ["an object whose class has an iterator method", () => new WithMethod()],
  ["an object with an own iterator method", () => ({ [Symbol.asyncIterator]: threeChunks })],
  ["a subclass of ReadableStream", () => new EventStream()],
  ["a generator object with own methods", oldGenerator],
  ["a proxy of a stream", () => proxyOf(new EventStream())],
];

describe.each(kinds)("%s", (_name, make) => {
  const shape = (stream: object) => [
    Reflect.ownKeys(stream),
    Object.getPrototypeOf(stream),
    Object.prototype.toString.call(stream),
    Reflect.ownKeys(Object.getPrototypeOf(stream) ?? {}).length,
  ];

  it("is read to its end as without us, and its span has every chunk", async () => {
    const stream = await clientOf(make).chat({});
    expect(shape(stream).slice(0, 3)).toEqual(shape(make()).slice(0, 3));
    const chunks: object[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks).toEqual([{ index: 0 }, { index: 1 }, { index: 2 }]);
    expect(chunksSeen()).toEqual([3]);
  });

  it("is not read ahead, and a break ends span and source", async () => {
    const stream = await clientOf(make).chat({});
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(produced).toBe(0);
    for await (const _ of stream) break;
    expect(produced).toBe(1);
    expect(chunksSeen()).toEqual([1]);
  });

  it("ends its span when it is dropped unread", async () => {
    const client = clientOf(make);
    await (async () => void (await client.chat({})))();
    for (let attempt = 0; attempt < 100 && chunksSeen().length === 0; attempt += 1) {
      collectGarbage();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(chunksSeen()).toEqual([0]);
  });

  it("has iterators without a property of ours, each of which is observed on its own", async () => {
    const [first, second] = await Promise.all([1, 2].map(() => clientOf(() => new WithMethod()).chat({})));
    const iterators = [first, second].map((stream) => stream?.[Symbol.asyncIterator]());
    for (const iterator of iterators) expect(Reflect.ownKeys(iterator ?? {})).toEqual([]);
    await iterators[0]?.next();
    await iterators[1]?.next();
    await iterators[1]?.next();
    for (const iterator of iterators) await iterator?.return?.(undefined);
    expect(chunksSeen()).toEqual([1, 2]);
  });

  it("leaves streams of the same class alone that no traced call made", async () => {
    await clientOf(make).chat({});
    for await (const _ of make());
    expect(chunksSeen()).toEqual([]);
  });
});

describe("a ReadableStream", () => {
  const open = async (): Promise<EventStream> => clientOf(() => new EventStream()).chat({});
  const drain = async (stream: ReadableStream<object>): Promise<number> => {
    let count = 0;
    for await (const _ of stream) count += 1;
    return count;
  };

  it("is seen through a reader", async () => {
    const reader = (await open()).getReader();
    expect(await reader.read()).toEqual({ done: false, value: { index: 0 } });
    await reader.cancel();
    expect(chunksSeen()).toEqual([1]);
  });

  it("gives both halves of tee() all chunks, and is seen once", async () => {
    const stream = await open();
    const [left, right] = stream.tee();
    expect(stream.locked).toBe(true);
    expect(await Promise.all([drain(left), drain(right)])).toEqual([3, 3]);
    expect(chunksSeen()).toEqual([3]);
  });

  it("is piped with the back-pressure that it has without us", async () => {
    const piped = (await open()).pipeThrough(new TransformStream({}, { highWaterMark: 1 }, { highWaterMark: 0 }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const traced = produced;
    produced = 0;
    new EventStream().pipeThrough(new TransformStream({}, { highWaterMark: 1 }, { highWaterMark: 0 }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(traced).toBe(produced);
    expect(await drain(piped)).toBe(3);
    expect(chunksSeen()).toEqual([3]);
  });

  it("ends its span when it is cancelled unread", async () => {
    await (await open()).cancel();
    expect(chunksSeen()).toEqual([0]);
  });

  it("of the platform's own class is observed in place, and the class stays as it was", async () => {
    const { getReader } = ReadableStream.prototype;
    const stream = await clientOf(() => ReadableStream.from(threeChunks())).chat({});
    expect(await drain(stream)).toBe(3);
    expect(ReadableStream.prototype.getReader).toBe(getReader);
    expect(chunksSeen()).toEqual([3]);
  });
});

describe("a stream within a response", () => {
  it("is found where the adapter says it is", async () => {
    const unpack = (value: unknown) => ({
      stream: (value as { stream: unknown }).stream,
      http: { status: 200, requestId: "r" },
    });
    const output = await clientOf(() => ({ stream: new WithMethod() }), { unpack }).chat({});
    expect(output.stream).toBeInstanceOf(WithMethod);
    for await (const _ of output.stream);
    expect(chunksSeen()).toEqual([3]);
    expect(spans.getFinishedSpans()[0]?.attributes).toMatchObject({
      "genspan.response.request_id": "r",
      "http.response.status_code": 200,
    });
  });
});

describe("a rejected promise", () => {
  it("rejects with the same error, and is an unhandled rejection as often as without us", async () => {
    const failure = new Error("mine");
    const fail = (): never => {
      throw failure;
    };
    await expect(clientOf(fail).chat({})).rejects.toBe(failure);
    const reasons: unknown[] = [];
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", (reason) => reasons.push(reason));
    void clientOf(fail).chat({});
    clientOf(fail)
      .chat({})
      .catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.removeAllListeners("unhandledRejection");
    for (const other of others) process.on("unhandledRejection", other);
    expect(reasons).toEqual([failure]);
    expect(spans.getFinishedSpans().map(({ attributes }) => attributes["error.type"])).toEqual([
      "Error",
      "Error",
      "Error",
    ]);
  });
});
