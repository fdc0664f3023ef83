/** The mock that takes anything, with answers by path: for tests of the transport, which know no vendor. */
import { type Fault, type MockRequest, startMock } from "@genspan/mocks";
import { parseJson, type RunningServer } from "./http.ts";

export interface VendorRequest extends MockRequest {
  /** The body as JSON, or undefined where it is none. */
  readonly body: unknown;
  /** `performance.now()` at arrival. */
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
  /** Destroys the connection instead of answering. */
  readonly disconnect?: boolean | undefined;
}

export interface VendorMock extends RunningServer {
  readonly requests: readonly VendorRequest[];
  /** Says how a path answers: answers are used one after the other, and the last one from then on. */
  answer(path: string, ...answers: readonly VendorAnswer[]): void;
  /** Waits until so many requests arrived; rejects after the timeout. */
  received(count: number, timeoutMillis?: number): Promise<readonly VendorRequest[]>;
  /** Forgets requests and answers. */
  reset(): void;
}

export async function startVendorMock(): Promise<VendorMock> {
  const mock = await startMock("http");
  const requests = (): readonly VendorRequest[] =>
    mock.requests.map((request) => ({ ...request, body: parseJson(request.text), receivedAt: request.at }));
  return {
    url: mock.url,
    close: () => mock.close(),
    get requests() {
      return requests();
    },
    answer(path, ...answers) {
      const pattern = path === "*" ? /(?:)/ : new RegExp(`^${path}$`);
      for (const [index, answer] of answers.entries()) {
        const isLast = index === answers.length - 1;
        mock.fail(faultOf(answer), { path: pattern, ...(!isLast && { times: 1 }) });
      }
    },
    async received(count, timeoutMillis) {
      await mock.received(count, timeoutMillis);
      return requests();
    },
    reset: () => mock.reset(),
  };
}

function faultOf({ status = 200, body = {}, headers, retryAfter, disconnect }: VendorAnswer): Fault {
  if (disconnect) return { kind: "reset", when: "before-storing" };
  return {
    kind: "status",
    status,
    body: typeof body === "string" ? JSON.stringify(body) : body,
    ...(headers !== undefined && { headers }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}
