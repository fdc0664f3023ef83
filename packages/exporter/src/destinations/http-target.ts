import type { Endpoint } from "@genspan/mapping";
import { parseRetryAfter } from "../backoff.ts";
import type { SendResult } from "../destination.ts";
import { httpTransport } from "../transport/http.ts";
import type { HttpReply, Transport } from "../transport/transport.ts";
import type { RecordTarget } from "./record-target.ts";

/** Sends records to the endpoint that their format describes. */
export function httpTarget(
  endpoint: Endpoint<object>,
  options: { readonly transport?: Transport; readonly timeoutMillis?: number } = {},
): RecordTarget {
  const transport = options.transport ?? httpTransport(options);
  return {
    maxItems: endpoint.maxRecords,
    maxBytes: endpoint.maxBytes,
    groupOf: endpoint.groupOf,
    async send(items) {
      const request = endpoint.request(items.map((item) => item.payload as object)); // records of this format's making
      const where = `${request.method} ${new URL(request.url).pathname}`;
      try {
        return judge(await transport.send(request), endpoint.retryableStatuses, where);
      } catch (error) {
        return { status: "retryable", reason: `${where}: ${messageOf(error)}` };
      }
    },
    shutdown: () => transport.shutdown(),
  };
}

function judge(reply: HttpReply, retryable: readonly number[], where: string): SendResult {
  if (reply.status >= 200 && reply.status < 300) return { status: "success" };
  const reason = `${where}: HTTP ${reply.status}`;
  if (!retryable.includes(reply.status)) return { status: "failure", reason };
  const header = reply.headers["retry-after"];
  return {
    status: "retryable",
    reason,
    retryAfterMillis: parseRetryAfter(typeof header === "string" ? header : undefined, Date.now()),
  };
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
