/**
 * A small LLM server for the behaviour cases, in the wire format of whoever asks. The first part of every path names the session,
 * the second the case (`/SESSION/CASE/v1/...`), so that the requests of a case, and the chunks that it made the server send, can
 * be told from all others.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { CUT, FAILING_STREAM, HANGING, REFUSED, RETRIED } from "../conformance/behaviour/case.ts";
import type { Json, Replies, StreamedAnswer } from "../conformance/behaviour/replies.ts";
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
  /** Connections that its requests came by. */
  readonly sockets: number;
}

export interface BehaviourServer extends RunningServer {
  /** Says what a session's requests are answered with, and gives back its address. */
  open(session: string, replies: Replies): string;
  seen(session: string, name: string): SeenCase;
}

interface Exchange {
  readonly seen: SeenRequest;
  readonly record: CaseRecord;
  readonly replies: Replies;
  readonly prompt: string | undefined;
  readonly response: ServerResponse;
}

interface CaseRecord {
  readonly requests: SeenRequest[];
  readonly sockets: Set<Socket>;
  chunksSent: number;
  /** Exchanges that are not over. */
  open: number;
  isDone: boolean;
}

/** The prompt that the request's text has, of those that the server does not simply answer. */
function specialPrompt(body: string): string | undefined {
  return [REFUSED, RETRIED, HANGING, CUT, FAILING_STREAM].find((prompt) => body.includes(JSON.stringify(prompt)));
}

/** Cases that leave a stream after its first event: the server sends the second one when the application is done. */
const LEAVES = /break|abort|throw|byHand|signal|dispose/i;
const GAP_MILLIS = 5;
/** An application that waits for the stream that it leaves is never done. */
const PATIENCE_MILLIS = 3_000;

/**
 * Paths below a case's address by which the application and the server agree on time, so that a busy machine decides nothing.
 * `DONE`: the application has done with its case. `IDLE`: answers when no exchange of the case is open any more.
 */
export const DONE = "__done";
export const IDLE = "__idle";

export async function startBehaviourServer(): Promise<BehaviourServer> {
  const sessions = new Map<string, Replies>();
  const cases = new Map<string, CaseRecord>();

  function recordOf(session: string, name: string): CaseRecord {
    const key = `${session}/${name}`;
    const known = cases.get(key);
    if (known) return known;
    const record: CaseRecord = { requests: [], sockets: new Set(), chunksSent: 0, open: 0, isDone: false };
    cases.set(key, record);
    return record;
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, session = "", name = "", ...rest] = (request.url ?? "/").split("/");
    const body = (await readBody(request)).toString("utf8");
    const path = `/${rest.join("/")}`;
    const record = recordOf(session, name);
    if (path === `/${DONE}` || path === `/${IDLE}`) return control(path, record, response);
    const seen = { session, case: name, method: request.method ?? "", path, headers: request.headers, body };
    const replies = sessions.get(session);
    record.open += 1;
    response.on("close", () => {
      record.open -= 1;
    });
    record.requests.push(seen);
    record.sockets.add(request.socket);
    response.sendDate = false; // another value in each run
    if (!replies) return sendJson(response, 404, { error: `no such session: ${session}` });
    await answer({ seen, record, replies, prompt: specialPrompt(body), response });
  }

  const server = await listen((request, response) => {
    receive(request, response).catch(() => response.destroy()); // the client left while its request was read
  });
  return {
    ...server,
    open(session, replies) {
      sessions.set(session, replies);
      return `${server.url}/${session}`;
    },
    seen(session, name) {
      const { requests, chunksSent, sockets } = recordOf(session, name);
      return { requests, chunksSent, sockets: sockets.size };
    },
  };
}

async function control(path: string, record: CaseRecord, response: ServerResponse): Promise<void> {
  if (path === `/${DONE}`) record.isDone = true;
  else await until(() => record.open === 0);
  sendJson(response, 200, {});
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLIS;
  while (!holds() && performance.now() < deadline) await sleep(2);
}

async function answer(exchange: Exchange): Promise<void> {
  const { seen, record, replies, prompt, response } = exchange;
  const refusal = { ...replies.headers, ...replies.errorHeaders };
  if (prompt === REFUSED) return sendJson(response, 400, replies.error, refusal);
  if (prompt === RETRIED && record.requests.length === 1) {
    return sendJson(response, 503, replies.error, { ...refusal, "retry-after": "0", "retry-after-ms": "1" });
  }
  if (prompt === HANGING) await until(() => response.destroyed);
  const body = (parseJson(seen.body) ?? {}) as Json; // every request of the cases is a JSON object
  const found = replies.answer({ path: seen.path, body });
  if (!found) return sendJson(response, 404, { error: { message: `no such path: ${seen.path}` } }, refusal);
  if ("events" in found) return stream(exchange, found);
  if (!(found.body instanceof Uint8Array)) return sendJson(response, 200, found.body, replies.headers);
  response.writeHead(200, { "content-type": found.contentType ?? "application/json", ...replies.headers });
  response.end(found.body);
}

async function stream(exchange: Exchange, { events, contentType, end, failure }: StreamedAnswer): Promise<void> {
  const { seen, record, replies, prompt, response } = exchange;
  response.writeHead(200, { "content-type": contentType ?? "text/event-stream", ...replies.headers });
  for (const [index, event] of events.entries()) {
    if (index === 1 && LEAVES.test(seen.case)) await until(() => record.isDone || response.destroyed);
    if (index > 0) await sleep(GAP_MILLIS);
    if (response.destroyed || response.socket?.destroyed) return;
    if (index === 2 && prompt === FAILING_STREAM && failure !== undefined) {
      response.end(failure);
      return;
    }
    response.write(event);
    record.chunksSent += 1;
    if (index === 1 && prompt === CUT) {
      await sleep(5); // what was written arrives before the connection ends
      response.destroy();
      return;
    }
  }
  response.end(end ?? "");
}
