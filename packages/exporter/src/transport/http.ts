import * as http from "node:http";
import * as https from "node:https";
import type { SendResult } from "../destination.ts";
import { messageOf } from "../tell-once.ts";
import { type HttpReply, judge } from "./judge.ts";
import type { Transport, TransportRequest } from "./transport.ts";

const MOST_REPLY_BYTES = 2048;

export interface HttpTransportOptions {
  /** Default: 10 000. */
  readonly timeoutMillis?: number;
}

/**
 * HTTP over `node:http` with kept-alive connections: a POST costs a small part of what `fetch` takes, and an
 * application that replaces or instruments `fetch` does not see ours.
 */
export function httpTransport(options: HttpTransportOptions = {}): Transport {
  const timeoutMillis = options.timeoutMillis ?? 10_000;
  const agents = {
    "http:": new http.Agent({ keepAlive: true, maxFreeSockets: 8 }),
    "https:": new https.Agent({ keepAlive: true, maxFreeSockets: 8 }),
  };
  return {
    async send(request): Promise<SendResult> {
      const url = new URL(request.url);
      const where = `${request.method} ${url.pathname}`;
      if (url.protocol !== "http:" && url.protocol !== "https:") {
        return { status: "failure", reason: `${where}: the URL must begin with http:// or https://` };
      }
      try {
        const reply = await exchange(url, request, { agent: agents[url.protocol], timeoutMillis });
        return judge(reply, request, where, Date.now());
      } catch (error) {
        return { status: "retryable", reason: `${where}: ${codeOf(error)}`, detail: messageOf(error) };
      }
    },
    shutdown() {
      for (const agent of Object.values(agents)) agent.destroy();
      return Promise.resolve();
    },
  };
}

interface Connection {
  readonly agent: http.Agent;
  readonly timeoutMillis: number;
}

/** One request and its reply; rejects where no status came: refused, reset, timed out. */
function exchange(url: URL, { method, headers, body }: TransportRequest, connection: Connection): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const { agent, timeoutMillis } = connection;
    const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
    const open = url.protocol === "https:" ? https.request : http.request;
    const outgoing = open(url, { method, agent, headers: { ...headers, "content-length": String(bytes.byteLength) } });
    // A timeout of the socket would be one of idleness; a reply that drips forever must end as well.
    const deadline = setTimeout(() => {
      outgoing.destroy(Object.assign(new Error(`no reply within ${timeoutMillis} ms`), { code: "timeout" }));
    }, timeoutMillis);
    deadline.unref();
    // Once there is a status it says what became of the batch: a body that is cut or never ends changes nothing.
    let settle: (() => void) | undefined;
    outgoing.on("close", () => clearTimeout(deadline));
    outgoing.on("error", (error) => (settle === undefined ? reject(error) : settle()));
    outgoing.on("response", (incoming) => {
      const pieces: Buffer[] = [];
      let kept = 0;
      settle = () => {
        const text = Buffer.concat(pieces).toString("utf8");
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text });
      };
      incoming.on("data", (piece: Buffer) => {
        if (kept < MOST_REPLY_BYTES) pieces.push(piece.subarray(0, MOST_REPLY_BYTES - kept));
        kept += piece.length;
      });
      for (const event of ["end", "error", "close"]) incoming.on(event, settle);
    });
    outgoing.end(bytes);
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : messageOf(error);
}
