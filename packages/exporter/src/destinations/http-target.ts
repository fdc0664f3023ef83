import type { Endpoint } from "@genspan/mapping";
import type { Item, SendResult } from "../destination.ts";
import { type HttpTransportOptions, httpTransport } from "../transport/http.ts";
import type { Transport } from "../transport/transport.ts";
import type { RecordTarget } from "./record-target.ts";

export interface HttpTargetOptions extends HttpTransportOptions {
  /** Default: `node:http` with kept-alive connections. */
  readonly transport?: Transport;
}

/** Sends records to the endpoint that their format describes. */
export function httpTarget(endpoint: Endpoint<object>, options: HttpTargetOptions = {}): RecordTarget {
  const transport = options.transport ?? httpTransport(options);
  const { maxBytes, retryableStatuses, refusalIn } = endpoint;
  return {
    maxItems: endpoint.maxRecords,
    maxBytes,
    groupOf: endpoint.groupOf,
    async send(items: readonly Item[]): Promise<SendResult> {
      const records = items.map((item) => item.payload as object); // records of this format's making
      const request = endpoint.request(records, items);
      // The queue goes by estimates; the endpoint's limit is exact.
      if (maxBytes !== undefined && items.length > 1 && Buffer.byteLength(request.body) > maxBytes) {
        return { status: "failure", reason: "larger than the endpoint takes", divisible: true };
      }
      return transport.send({ ...request, retryableStatuses, refusalIn });
    },
    shutdown: () => transport.shutdown(),
  };
}
