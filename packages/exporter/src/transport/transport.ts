/** One HTTP request, as data. */
export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The first 2 kB of the body, for messages. */
  readonly body: string;
}

/** Sends bytes. Rejects only where no reply came: refused, reset, timed out. */
export interface Transport {
  send(request: HttpRequest): Promise<HttpReply>;
  shutdown(): Promise<void>;
}
