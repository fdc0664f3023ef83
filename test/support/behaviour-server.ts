/**
 * A small LLM server for the behaviour cases. The first part of every path names who asks (`/SESSION/CASE/v1/...`), so that
 * the requests of a case, and the chunks that it made the server send, can be told from all others.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import {
  chatEvents,
  chatReply,
  embeddingsReply,
  errorReply,
  imagesReply,
  moderationsReply,
  responsesEvents,
  responsesReply,
} from "./behaviour-replies.ts";
import { listen, parseJson, type RunningServer, readBody, sendJson, sleep } from "./http.ts";

export interface SeenRequest {
  readonly session: string;
  readonly case: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the cases of one session made the server do. */
export interface SeenCase {
  readonly requests: readonly SeenRequest[];
  /** Events of streams that were written before the client left. */
  readonly chunksSent: number;
}

export interface BehaviourServer extends RunningServer {
  seen(session: string, name: string): SeenCase;
}

interface Json {
  readonly [field: string]: unknown;
}

const REQUEST_ID = { "x-request-id": "req_1" };
const RETRY_AT_ONCE = { ...REQUEST_ID, "retry-after-ms": "1" };
/** Between events; longer where a case counts what is sent after it left, so that a busy machine does not decide it. */
const gapMillis = (name: string): number => (/break|abort|throw|byHand/i.test(name) ? 30 : 5);

export async function startBehaviourServer(): Promise<BehaviourServer> {
  const requests: SeenRequest[] = [];
  const chunks = new Map<string, number>();

  const isFirst = ({ session, case: name }: SeenRequest): boolean =>
    requests.filter((request) => request.session === session && request.case === name).length === 1;

  async function stream(
    seen: SeenRequest,
    response: ServerResponse,
    events: readonly string[],
    cutAfter?: number,
  ): Promise<void> {
    const key = `${seen.session}/${seen.case}`;
    response.writeHead(200, { "content-type": "text/event-stream", ...REQUEST_ID });
    for (const [index, event] of events.entries()) {
      if (index > 0) await sleep(gapMillis(seen.case));
      if (response.destroyed || response.socket?.destroyed) return;
      response.write(event);
      chunks.set(key, (chunks.get(key) ?? 0) + 1);
      if (cutAfter === index + 1) {
        await sleep(5); // what was written arrives before the connection ends
        response.destroy();
        return;
      }
    }
    response.end(seen.path.endsWith("/chat/completions") ? "data: [DONE]\n\n" : "");
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, session = "", name = "", ...rest] = (request.url ?? "/").split("/");
    const body = (await readBody(request)).toString("utf8");
    const path = `/${rest.join("/")}`;
    const seen = { session, case: name, method: request.method ?? "", path, headers: request.headers, body };
    requests.push(seen);
    const json = (parseJson(body) ?? {}) as Json; // every request of the cases is a JSON object
    const prompt = promptOf(json);
    if (prompt === "ERR") return sendJson(response, 400, errorReply, REQUEST_ID);
    if (prompt === "RETRY" && isFirst(seen)) return sendJson(response, 500, errorReply, RETRY_AT_ONCE);
    if (prompt === "HANG") await sleep(500);
    if (path === "/v1/audio/speech") {
      response.writeHead(200, { "content-type": "audio/mpeg", ...REQUEST_ID });
      response.end(Buffer.from([1, 2, 3, 4]));
      return;
    }
    const surface = SURFACES[path.replace(/\?.*$/, "").replace(/^\/openai\/deployments\/[^/]+/, "/v1")];
    if (!surface) return sendJson(response, 404, { error: { message: `no such path: ${path}` } }, REQUEST_ID);
    if (json["stream"] === true && surface.events) {
      return stream(seen, response, surface.events(json), prompt === "CUT" ? 2 : undefined);
    }
    sendJson(response, 200, surface.reply(json), REQUEST_ID);
  }

  const server = await listen((request, response) => {
    answer(request, response).catch(() => response.destroy()); // the client left while its request was read
  });
  return {
    ...server,
    seen: (session, name) => ({
      requests: requests.filter((request) => request.session === session && request.case === name),
      chunksSent: chunks.get(`${session}/${name}`) ?? 0,
    }),
  };
}

const SURFACES: Readonly<
  Record<string, { reply(body: Json): unknown; events?(body: Json): readonly string[] } | undefined>
> = {
  "/v1/chat/completions": { reply: chatReply, events: chatEvents },
  "/v1/responses": { reply: responsesReply, events: responsesEvents },
  "/v1/embeddings": { reply: embeddingsReply },
  "/v1/images/generations": { reply: () => imagesReply },
  "/v1/moderations": { reply: () => moderationsReply },
};

function promptOf(body: Json): unknown {
  const messages = body["messages"];
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
  return typeof last === "object" && last !== null && "content" in last ? last.content : body["input"];
}
