import type { Agent, AgentOptions, IncomingMessage } from "node:http";
import { stopTimer, unrefTimer } from "../runtime/timers.ts";
import { sizeOf } from "./compress.ts";
import { type Exchange, type HttpReply, MAX_REPLY_BYTES, type TlsOptions } from "./exchange.ts";

interface NodeHttp {
  readonly http: typeof import("node:http");
  readonly https: typeof import("node:https");
  readonly timeoutMillis: number;
  readonly tls: TlsOptions | undefined;
}

/**
 * Requests over kept-alive connections of `node:http`; through a proxy where Node's own agents go through one, by
 * NODE_USE_ENV_PROXY, `--use-env-proxy` or `http.setGlobalProxyFromEnv()`.
 */
export function nodeExchange({ http, https, timeoutMillis, tls }: NodeHttp): Exchange {
  // The types leave an agent's options out, and other runtimes may.
  const { proxyEnv } = (http.globalAgent as { readonly options?: AgentOptions }).options ?? {};
  const options = { keepAlive: true, maxFreeSockets: 8, ...(proxyEnv !== undefined && { proxyEnv }) };
  const plain = { agent: new http.Agent(options), open: http.request };
  const secure = { agent: new https.Agent({ ...options, ...tls }) as Agent, open: https.request };
  return {
    send(url, { method, headers, parts, onBodySent }) {
      const { agent, open } = url.protocol === "https:" ? secure : plain;
      return new Promise((resolve, reject) => {
        const length = String(sizeOf(parts));
        const outgoing = open(url, { method, agent, headers: { ...headers, "content-length": length } });
        // A timeout of the socket would be one of idleness; a reply that drips forever must end as well.
        const deadline = unrefTimer(() => {
          outgoing.destroy(Object.assign(new Error(`no reply within ${timeoutMillis} ms`), { code: "timeout" }));
        }, timeoutMillis);
        // Once there is a status it says what became of the batch: a body that is cut or never ends changes nothing.
        let settle: (() => void) | undefined;
        outgoing.on("close", () => stopTimer(deadline));
        outgoing.on("error", (error) => (settle === undefined ? reject(error) : settle()));
        outgoing.on("response", (incoming) => {
          settle = collect(incoming, resolve);
        });
        if (onBodySent !== undefined) outgoing.on("finish", onBodySent);
        for (const part of parts) outgoing.write(part);
        outgoing.end();
      });
    },
    close() {
      plain.agent.destroy();
      secure.agent.destroy();
    },
  };
}

/** Keeps the beginning of a reply. @returns what hands over what has come so far. */
function collect(incoming: IncomingMessage, resolve: (reply: HttpReply) => void): () => void {
  const pieces: Buffer[] = [];
  let kept = 0;
  const settle = (): void =>
    resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(pieces) });
  incoming.on("data", (piece: Buffer) => {
    if (kept < MAX_REPLY_BYTES) pieces.push(piece.subarray(0, MAX_REPLY_BYTES - kept));
    kept += piece.length;
  });
  for (const event of ["end", "error", "close"]) incoming.on(event, settle);
  return settle;
}
