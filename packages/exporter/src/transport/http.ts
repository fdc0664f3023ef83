import * as http from "node:http";
import * as https from "node:https";
import type { HttpReply, Transport } from "./transport.ts";

const MOST_REPLY_BYTES = 2048;

/**
 * HTTP over `node:http` with kept-alive connections: a POST costs a small part of what `fetch` takes, and an
 * application that replaces or instruments `fetch` does not see ours.
 */
export function httpTransport(options: { readonly timeoutMillis?: number } = {}): Transport {
  const timeout = options.timeoutMillis ?? 10_000;
  const agents = {
    "http:": new http.Agent({ keepAlive: true, maxFreeSockets: 8 }),
    "https:": new https.Agent({ keepAlive: true, maxFreeSockets: 8 }),
  };
  return {
    send(request) {
      return new Promise<HttpReply>((resolve, reject) => {
        const url = new URL(request.url);
        if (url.protocol !== "http:" && url.protocol !== "https:") {
          reject(new TypeError(`cannot send to ${request.url}: the URL must begin with http:// or https://`));
          return;
        }
        const body = typeof request.body === "string" ? Buffer.from(request.body, "utf8") : request.body;
        const headers = { ...request.headers, "content-length": String(body.byteLength) };
        const { request: open } = url.protocol === "https:" ? https : http;
        const outgoing = open(url, { method: request.method, headers, agent: agents[url.protocol], timeout });
        // The socket's timeout is one of idleness; a reply that drips forever must end as well.
        const deadline = setTimeout(() => outgoing.destroy(new Error(`no reply within ${timeout} ms`)), timeout);
        deadline.unref();
        const fail = (error: Error) => {
          clearTimeout(deadline);
          reject(error);
        };
        outgoing.on("timeout", () => outgoing.destroy(new Error(`no reply within ${timeout} ms`)));
        outgoing.on("error", fail);
        outgoing.on("response", (incoming) => {
          const pieces: Buffer[] = [];
          let kept = 0;
          incoming.on("data", (piece: Buffer) => {
            if (kept < MOST_REPLY_BYTES) pieces.push(piece.subarray(0, MOST_REPLY_BYTES - kept));
            kept += piece.length;
          });
          incoming.on("error", fail);
          incoming.on("end", () => {
            clearTimeout(deadline);
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: Buffer.concat(pieces).toString("utf8"),
            });
          });
        });
        outgoing.end(body);
      });
    },
    shutdown() {
      agents["http:"].destroy();
      agents["https:"].destroy();
      return Promise.resolve();
    },
  };
}
