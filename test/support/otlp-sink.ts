/** The OTLP mock as these tests ask it: spans and logs apart, and failures by status. */
import { type MockRequest, type ReceivedLog, type ReceivedSpan, startMock } from "@genspan/mocks";
import type { RunningServer } from "./http.ts";

export interface OtlpRequest extends MockRequest {
  readonly format: "protobuf" | "json";
}

export interface OtlpSink extends RunningServer {
  readonly requests: readonly OtlpRequest[];
  readonly spans: readonly ReceivedSpan[];
  readonly logs: readonly ReceivedLog[];
  /** Answers every request with this status until told otherwise; what comes with an error status is not kept. */
  fail(status: number | undefined): void;
  /** Rejects so many items of each request. */
  reject(items: number, message?: string): void;
  /** Waits until so many records arrived; rejects after the timeout. */
  receivedSpans(count: number, timeoutMillis?: number): Promise<readonly ReceivedSpan[]>;
  reset(): void;
}

export async function startOtlpSink(): Promise<OtlpSink> {
  const mock = await startMock("otlp");
  const received = (): readonly (ReceivedSpan | ReceivedLog)[] =>
    mock.records.flatMap(({ record, copies }) => Array.from({ length: copies }, () => record));
  const spans = (): readonly ReceivedSpan[] =>
    received().filter((one): one is ReceivedSpan => "startTimeUnixNano" in one);
  return {
    url: mock.url,
    close: () => mock.close(),
    get requests() {
      return mock.requests.map((request): OtlpRequest => ({ ...request, format: formatOf(request) }));
    },
    get spans() {
      return spans();
    },
    get logs() {
      return received().filter((one): one is ReceivedLog => !("startTimeUnixNano" in one));
    },
    fail(status) {
      mock.heal();
      if (status !== undefined) mock.fail({ kind: "status", status });
    },
    reject(items, message = "rejected by the test") {
      mock.fail({ kind: "partial", rejected: items, message });
    },
    async receivedSpans(count, timeoutMillis) {
      await mock.received(count, timeoutMillis);
      return spans();
    },
    reset: () => mock.reset(),
  };
}

function formatOf({ headers }: MockRequest): OtlpRequest["format"] {
  return headers["content-type"]?.startsWith("application/x-protobuf") ? "protobuf" : "json";
}
