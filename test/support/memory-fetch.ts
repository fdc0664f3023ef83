/** A `fetch` that answers out of a driver's replies, so that a measurement sees the client and us, and no socket. */
import type { Answer, Json, Replies, StreamedAnswer } from "../conformance/behaviour/replies.ts";
import { parseJson } from "./http.ts";

export interface MemoryFetchOptions {
  /** Events of a stream: the provider's repeatable one as often as it takes. Default: as they are. */
  readonly events?: number;
}

/** Answers are made once for each path and each way of asking: after that a call costs the response object alone. */
export function memoryFetch(replies: Replies, { events }: MemoryFetchOptions = {}): typeof fetch {
  const known = new Map<string, (() => Response) | undefined>();
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const body = input instanceof Request ? await input.text() : textOf(init?.body);
    const key = `${url} ${/"stream":\s*true/.test(body)}`;
    const make = known.has(key) ? known.get(key) : responder(replies, url, body, events);
    known.set(key, make);
    return make ? make() : new Response("{}", { status: 404 });
  };
}

const textOf = (body: unknown): string => (body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body));

function responder(replies: Replies, url: string, body: string, events?: number): (() => Response) | undefined {
  const { pathname, search } = new URL(url);
  const json = (parseJson(body) ?? {}) as Json; // every request of the drivers is a JSON object
  const answer: Answer | undefined = replies.answer({ path: `${pathname}${search}`, body: json });
  if (!answer) return undefined;
  if ("events" in answer) return streamResponder(answer, replies, events);
  const headers = { "content-type": answer.contentType ?? "application/json", ...replies.headers };
  const whole = answer.body instanceof Uint8Array ? new Uint8Array(answer.body) : JSON.stringify(answer.body);
  return () => new Response(whole, { headers });
}

function streamResponder(answer: StreamedAnswer, replies: Replies, events: number | undefined): () => Response {
  const encoder = new TextEncoder();
  const bytes = (piece: string | Uint8Array): Uint8Array => (typeof piece === "string" ? encoder.encode(piece) : piece);
  const pieces = [...lengthened(answer, events), ...(answer.end === undefined ? [] : [answer.end])].map(bytes);
  const headers = { "content-type": answer.contentType ?? "text/event-stream", ...replies.headers };
  return () => {
    let next = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces[next++];
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
    });
    return new Response(body, { headers });
  };
}

function lengthened(
  { events, repeatable = 1 }: StreamedAnswer,
  wanted = events.length,
): readonly (string | Uint8Array)[] {
  const more = Math.max(0, wanted - events.length);
  const repeated = events[repeatable] ?? "";
  return [
    ...events.slice(0, repeatable),
    ...Array.from({ length: more + 1 }, () => repeated),
    ...events.slice(repeatable + 1),
  ];
}
