/** What promises and streams of Stainless-made clients can do beside being awaited and iterated. */
import { type BehaviourCase, PROMPT } from "../case.ts";
import { type Description, describeDeep, describeResponse, shape } from "../describe-value.ts";
import type { Driver } from "../driver.ts";
import { collect } from "./chunks.ts";

/** The promise, by its documented methods. */
interface ApiPromise extends PromiseLike<unknown> {
  withResponse(): Promise<{ data: unknown; response: Response; request_id?: string | null }>;
  asResponse(): Promise<Response>;
}

/** The stream, by its documented members. */
interface ApiStream extends AsyncIterable<unknown> {
  readonly controller: AbortController;
  tee(): [ApiStream, ApiStream];
  toReadableStream(): ReadableStream;
}

export function stainlessCases(driver: Driver): readonly BehaviourCase[] {
  if (!driver.isStainless) return [];
  const { usage } = driver;
  const chat = (client: object): ApiPromise => driver.chat(client, { prompt: PROMPT }) as ApiPromise; // isStainless says so
  return [
    {
      name: "chat_withResponse",
      spans: 1,
      usage: usage.chat,
      async run({ client }) {
        const result = await chat(client).withResponse();
        const { data, response, request_id } = result;
        const described = { keys: Object.keys(result), data: describeDeep(data), response: describeResponse(response) };
        return { ...described, requestId: request_id ?? null };
      },
    },
    {
      name: "chat_asResponse",
      spans: 1,
      unread: true,
      async run({ client }) {
        const response = await chat(client).asResponse();
        return { response: describeResponse(response), body: describeDeep(await response.json()) };
      },
    },
    {
      name: "chat_inAllWays",
      spans: 1,
      usage: usage.chat,
      async run({ client }) {
        const promise = chat(client);
        const [first, second] = [await promise, await promise];
        const { data, response } = await promise.withResponse();
        const raw = await promise.asResponse();
        const same = [first === second, first === data, response === raw];
        return { same, promise: shape(promise), response: describeResponse(raw), value: describeDeep(first) };
      },
    },
    ...streamedCases(driver),
  ];
}

function streamedCases(driver: Driver): readonly BehaviourCase[] {
  const make = driver.stream?.bind(driver);
  if (!make) return [];
  const call = (client: object): ApiPromise => make(client, { prompt: PROMPT }) as ApiPromise; // isStainless says so
  const stream = async (client: object): Promise<ApiStream> => (await call(client)) as ApiStream; // as above
  const streamed = { spans: 1, streamed: true, usage: driver.usage.stream } as const;
  return [
    {
      ...streamed,
      name: "chat_stream_withResponse",
      async run({ client }) {
        const { data, response, request_id } = await call(client).withResponse();
        const shapes = { data: shape(data), response: describeResponse(response), requestId: request_id ?? null };
        return { ...shapes, chunks: await collect(data as ApiStream) }; // as above
      },
    },
    {
      ...streamed,
      name: "chat_stream_tee",
      async run({ client }) {
        const halves = (await stream(client)).tee();
        return { shapes: halves.map(shape), chunks: await Promise.all(halves.map(collect)) };
      },
    },
    {
      ...streamed,
      name: "chat_stream_toReadable",
      async run({ client }) {
        const source = await stream(client);
        const reader = source.toReadableStream().getReader();
        const reads: Description[] = [];
        for (let read = await reader.read(); !read.done; read = await reader.read()) {
          reads.push(new TextDecoder().decode(read.value as Uint8Array)); // these clients type the chunks as unknown
        }
        return { reads, controller: shape(source.controller) };
      },
    },
    {
      name: "chat_stream_asResponse",
      spans: 1,
      unread: true,
      async run({ client }) {
        const response = await call(client).asResponse();
        return { response: describeResponse(response), body: await response.text() };
      },
    },
  ];
}
