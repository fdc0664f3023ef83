import type { TransportRequest } from "./transport.ts";

/** One HTTP client: the transport chooses it by what the runtime has. */
export interface Exchange {
  /** Rejects where no status came: refused, reset, timed out. */
  send(url: URL, request: ExchangeRequest): Promise<HttpReply>;
  close(): void;
}

export interface ExchangeRequest extends Pick<TransportRequest, "method" | "headers" | "onBodySent"> {
  readonly parts: readonly Uint8Array[];
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Its first {@link MAX_REPLY_BYTES}. */
  readonly body: Uint8Array;
}

/** Enough to say what is wrong with a batch; a receiver must not fill the memory with more. */
export const MAX_REPLY_BYTES = 2048;

/** Certificates in PEM, where the system's own do not do. */
export interface TlsOptions {
  /** Of the authority that signed the receiver's. */
  readonly ca?: string;
  /** Our own, for receivers that ask for one. */
  readonly cert?: string;
  /** The private key of {@link cert}. */
  readonly key?: string;
}
