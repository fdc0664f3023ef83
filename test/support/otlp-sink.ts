/** An OTLP/HTTP receiver: `/v1/traces` and `/v1/logs`, protobuf and JSON, zipped or not. Keeps what it receives. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { listen, parseJson, type RunningServer, readBody, sendJson, sleep } from "./http.ts";
import { type Decoded, decode, LOGS_REQUEST, TRACES_REQUEST } from "./otlp/protobuf.ts";
import { logsOf, type ReceivedLog, type ReceivedSpan, spansOf } from "./otlp/records.ts";

export interface OtlpRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly format: "protobuf" | "json";
  /** Bytes on the wire. */
  readonly bytes: number;
}

export interface OtlpSink extends RunningServer {
  readonly requests: readonly OtlpRequest[];
  readonly spans: readonly ReceivedSpan[];
  readonly logs: readonly ReceivedLog[];
  /** Answers every request with this status until told otherwise; what comes with an error status is not kept. */
  fail(status: number | undefined): void;
  /** Says in the answers that so many items were rejected. */
  reject(items: number, message?: string): void;
  /** Waits until so many spans arrived; rejects after the timeout. */
  receivedSpans(count: number, timeoutMillis?: number): Promise<readonly ReceivedSpan[]>;
  reset(): void;
}

export async function startOtlpSink(): Promise<OtlpSink> {
  const requests: OtlpRequest[] = [];
  const spans: ReceivedSpan[] = [];
  const logs: ReceivedLog[] = [];
  let failure: number | undefined;
  let rejected = { items: 0, message: "" };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await readBody(request);
    const format = request.headers["content-type"]?.startsWith("application/x-protobuf") ? "protobuf" : "json";
    const path = request.url ?? "/";
    requests.push({ path, headers: request.headers, format, bytes: raw.length });
    if (failure !== undefined) return sendJson(response, failure, { code: failure, message: "as the test asked" });
    const isTraces = path.endsWith("/v1/traces");
    if (!isTraces && !path.endsWith("/v1/logs")) return sendJson(response, 404, {});
    const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw;
    const message =
      format === "json" ? parseJson(body.toString("utf8")) : decode(body, isTraces ? TRACES_REQUEST : LOGS_REQUEST);
    if (typeof message !== "object" || message === null)
      return sendJson(response, 400, { message: "not an OTLP request" });
    if (isTraces)
      spans.push(...spansOf(message as Decoded)); // an object, whose fields are read as unknown
    else logs.push(...logsOf(message as Decoded));
    respond(response, format, isTraces ? "rejectedSpans" : "rejectedLogRecords", rejected);
  }

  const server = await listen((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 400, { message: String(error) });
    });
  });
  return {
    ...server,
    requests,
    spans,
    logs,
    fail(status) {
      failure = status;
    },
    reject(items, message = "rejected by the test") {
      rejected = { items, message };
    },
    async receivedSpans(count, timeoutMillis = 5_000) {
      const deadline = Date.now() + timeoutMillis;
      while (spans.length < count) {
        if (Date.now() > deadline) throw new Error(`${spans.length} of ${count} spans after ${timeoutMillis} ms`);
        await sleep(5);
      }
      return spans;
    },
    reset() {
      for (const kept of [requests, spans, logs]) kept.length = 0;
      failure = undefined;
      rejected = { items: 0, message: "" };
    },
  };
}

/** Success, with a partial success where items were rejected: `ExportTraceServiceResponse` and its sibling. */
function respond(
  response: ServerResponse,
  format: OtlpRequest["format"],
  counter: string,
  { items, message }: { readonly items: number; readonly message: string },
): void {
  if (format === "json") {
    const partialSuccess = { [counter]: String(items), errorMessage: message };
    sendJson(response, 200, items ? { partialSuccess } : {});
    return;
  }
  response.writeHead(200, { "content-type": "application/x-protobuf" });
  if (!items) {
    response.end();
    return;
  }
  // partial_success = 1 { rejected = 1, error_message = 2 }; the counts and texts of tests are shorter than 128.
  const text = Buffer.from(message);
  const inner = Buffer.concat([Buffer.from([0x08, items, 0x12, text.length]), text]);
  response.end(Buffer.concat([Buffer.from([0x0a, inner.length]), inner]));
}
