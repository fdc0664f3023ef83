import type { Endpoint } from "@genspan/mapping/core";
import type { Item, SendResult } from "../destination.ts";
import { type HttpTransportOptions, httpTransport } from "../transport/http.ts";
import type { Transport } from "../transport/transport.ts";
import { recordsIn } from "./bundle.ts";
import { recordCodec } from "./codecs.ts";
import type { RecordTarget } from "./record-target.ts";

export interface HttpTargetOptions extends HttpTransportOptions {
  /** Default: `node:http` with kept-alive connections. */
  readonly transport?: Transport | undefined;
}

interface Part {
  readonly item: Item;
  readonly record: unknown;
}

/** Sends records to the endpoint that their format describes. @param format names the stored form of the records. */
export function httpTarget(format: string, endpoint: Endpoint<object>, options: HttpTargetOptions = {}): RecordTarget {
  const transport = options.transport ?? httpTransport(options);
  const { maxBytes, retryableStatuses, refusalIn } = endpoint;

  function sendPart(part: readonly Part[]): Promise<SendResult> | SendResult {
    const records = part.map(({ record }) => record as object); // of this format's making
    const sources = part.map(({ item }) => item);
    const request = endpoint.request(records, sources);
    const body = withoutHalfPairs(request.body);
    // The queue goes by estimates; the endpoint's limit is exact.
    if (maxBytes !== undefined && part.length > 1 && Buffer.byteLength(body) > maxBytes) {
      return { status: "failure", reason: "larger than the endpoint takes", divisible: true };
    }
    return transport.send({ ...request, body, retryableStatuses, refusalIn });
  }

  return {
    maxItems: endpoint.maxRecords,
    maxBytes,
    groupOf: endpoint.groupOf,
    codec: recordCodec(format),
    async send(items: readonly Item[]): Promise<SendResult> {
      const found = items.flatMap((item) => recordsIn(item.payload).map((record) => ({ item, record })));
      let answer: SendResult = { status: "success" };
      // A record that stands beside another of its span is about that one: it goes when that was taken.
      for (let index = 0; index < found.length && answer.status === "success"; index += endpoint.maxRecords) {
        answer = await sendPart(found.slice(index, index + endpoint.maxRecords));
      }
      return answer;
    },
    shutdown: () => transport.shutdown(),
  };
}

const HALF_PAIR = /\\ud[89a-f]/;
/** An escaped backslash is passed over first: what stands behind it is no escape. */
const ESCAPE = /\\\\|\\u(d[89ab][0-9a-f]{2}|d[c-f][0-9a-f]{2})/g;

/** `JSON.stringify` escapes half a surrogate pair, and nothing else in that way; strict decoders refuse it. */
function withoutHalfPairs(body: string): string {
  if (!HALF_PAIR.test(body)) return body;
  return body.replace(ESCAPE, (found, half: string | undefined) => (half === undefined ? found : "\\ufffd"));
}
