/** An HTTP server in the place of a vendor's intake: keeps what it receives and answers as it is told. */
import type { IncomingHttpHeaders } from "node:http";
import { gunzipSync } from "node:zlib";
import { listen, parseJson, type RunningServer, readBody, sendJson, sleep } from "./http.ts";

export interface VendorRequest {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came, unzipped. */
  readonly text: string;
  /** The body as JSON, or undefined where it is none. */
  readonly body: unknown;
  /** `Date.now()` at arrival. */
  readonly receivedAt: number;
}

export interface VendorAnswer {
  /** Default: 200. */
  readonly status?: number | undefined;
  /** Default: `{}`. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Seconds, or an HTTP date: the `Retry-After` header. */
  readonly retryAfter?: number | string | undefined;
  readonly delayMillis?: number | undefined;
  /** Destroys the connection instead of answering. */
  readonly disconnect?: boolean | undefined;
}

export interface VendorMock extends RunningServer {
  readonly requests: readonly VendorRequest[];
  /**
   * Says how a path answers (without its query; `*` for every path that was given nothing of its own). Answers are
   * used one after the other, and the last one from then on.
   */
  answer(path: string, ...answers: readonly VendorAnswer[]): void;
  /** Waits until so many requests arrived; rejects after the timeout. */
  received(count: number, timeoutMillis?: number): Promise<readonly VendorRequest[]>;
  /** Forgets requests and answers. */
  reset(): void;
}

export async function startVendorMock(): Promise<VendorMock> {
  const requests: VendorRequest[] = [];
  const answers = new Map<string, VendorAnswer[]>();
  const nextAnswer = (path: string): VendorAnswer => {
    const queue = answers.get(path) ?? answers.get("*") ?? [];
    return (queue.length > 1 ? queue.shift() : queue[0]) ?? {};
  };

  const server = await listen(async (request, response) => {
    const receivedAt = Date.now();
    const raw = await readBody(request).catch(() => undefined);
    if (!raw) return; // the client left while it was sending
    const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw).toString("utf8");
    const path = request.url ?? "/";
    const body = parseJson(text);
    requests.push({ method: request.method ?? "", path, headers: request.headers, text, body, receivedAt });
    const answer = nextAnswer(path.replace(/\?.*$/, ""));
    if (answer.delayMillis) await sleep(answer.delayMillis);
    if (answer.disconnect) {
      response.destroy();
      return;
    }
    const retryAfter = answer.retryAfter === undefined ? {} : { "retry-after": String(answer.retryAfter) };
    sendJson(response, answer.status ?? 200, answer.body ?? {}, { ...answer.headers, ...retryAfter });
  });

  return {
    ...server,
    requests,
    answer: (path, ...given) => void answers.set(path, [...given]),
    async received(count, timeoutMillis = 5_000) {
      const deadline = Date.now() + timeoutMillis;
      while (requests.length < count) {
        if (Date.now() > deadline) throw new Error(`${requests.length} of ${count} requests after ${timeoutMillis} ms`);
        await sleep(5);
      }
      return requests;
    },
    reset() {
      requests.length = 0;
      answers.clear();
    },
  };
}
