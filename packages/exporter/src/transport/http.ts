import type { SendResult } from "../destination.ts";
import { builtin } from "../runtime/builtin.ts";
import { messageOf } from "../runtime/warn-once.ts";
import { compress } from "./compress.ts";
import type { Exchange, TlsOptions } from "./exchange.ts";
import { fetchExchange } from "./fetch-exchange.ts";
import { judge } from "./judge.ts";
import { nodeExchange } from "./node-exchange.ts";
import type { Transport } from "./transport.ts";

/** How requests are made, whatever they carry. */
export interface HttpTransportOptions {
  /** Default: 10 000. */
  readonly timeoutMillis?: number | undefined;
  /** Default: the system's certificates, and none of our own. */
  readonly tls?: TlsOptions | undefined;
}

/**
 * HTTP over `node:http` with kept-alive connections: a POST costs a small part of what `fetch` takes, and an
 * application that replaces or instruments `fetch` does not see ours. `fetch` is used where there is no `node:http`.
 */
export function httpTransport(options: HttpTransportOptions = {}): Transport {
  const timeoutMillis = options.timeoutMillis ?? 10_000;
  let exchange: Exchange | undefined;
  return {
    async send(request): Promise<SendResult> {
      const url = new URL(request.url);
      const where = `${request.method} ${url.pathname}`;
      if (url.protocol !== "http:" && url.protocol !== "https:") {
        return { status: "failure", reason: `${where}: the URL must begin with http:// or https://` };
      }
      try {
        exchange ??= open(timeoutMillis, options.tls);
        const { method, onBodySent } = request;
        const given = request.parts ?? [bytesOf(request.body)];
        const { parts, headers } = await compress(given, request);
        if (parts !== given) onBodySent?.();
        const reply = await exchange.send(url, { method, headers, parts, ...(parts === given && { onBodySent }) });
        return judge(reply, request, where, Date.now());
      } catch (error) {
        return failureOf(error, where);
      }
    },
    shutdown() {
      exchange?.close();
      exchange = undefined;
      return Promise.resolve();
    },
  };
}

const bytesOf = (body: string | Uint8Array): Uint8Array =>
  typeof body === "string" ? Buffer.from(body, "utf8") : body;

function open(timeoutMillis: number, tls: TlsOptions | undefined): Exchange {
  const http = builtin("node:http");
  const https = builtin("node:https");
  return http === undefined || https === undefined
    ? fetchExchange(timeoutMillis)
    : nodeExchange({ http, https, timeoutMillis, tls });
}

/** A certificate that is not trusted now will hardly be in a second: someone has to act. Codes of OpenSSL and Node. */
const CERTIFICATE = /CERT|UNABLE_TO_|^ERR_TLS_|SELF_SIGNED/;

function failureOf(error: unknown, where: string): SendResult {
  const code = codeOf(error);
  // OpenSSL's messages end with a line break.
  const failure = { reason: `${where}: ${code}`, detail: messageOf(error).trim() };
  return CERTIFICATE.test(code) ? { status: "blocked", ...failure } : { status: "retryable", ...failure };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : messageOf(error);
}
