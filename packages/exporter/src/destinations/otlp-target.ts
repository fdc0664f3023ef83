import type { GenAISpan, ReadableSpanLike, ResourceLike } from "@genspan/mapping/core";
import type { Item, SendResult } from "../destination.ts";
import { type Format, type Part, requestOf, type Signal } from "../otlp/request.ts";
import { Entry, type Slab } from "../otlp/slab.ts";
import { type HttpTransportOptions, httpTransport } from "../transport/http.ts";
import { OTLP_RETRYABLE_STATUSES } from "../transport/judge.ts";
import { partialSuccessIn } from "../transport/partial-success.ts";
import type { Transport } from "../transport/transport.ts";
import { entryCodec } from "./codecs.ts";
import type { RecordTarget } from "./record-target.ts";

/** How a receiver of OTLP over HTTP is spoken to. */
export interface OtlpTargetOptions extends HttpTransportOptions {
  /** The whole URL, such as `http://localhost:4318/v1/traces`. */
  readonly url: string;
  /** Default: `http/protobuf`. */
  readonly protocol?: "http/json" | "http/protobuf" | undefined;
  /** Also as a function, which is asked at every request: a key that was replaced is used at once. */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>) | undefined;
  /** Default: `none`. */
  readonly compression?: "gzip" | "none" | undefined;
  /** Default: 512. */
  readonly maxBatchSize?: number | undefined;
  /** Most bytes of a request before compression. Default: 4 MiB, which receivers take by default. */
  readonly maxBatchBytes?: number | undefined;
  /** Most requests on their way. Default: 4. */
  readonly concurrency?: number | undefined;
  /** Default: `node:http` with kept-alive connections. */
  readonly transport?: Transport | undefined;
}

const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** How one signal's entries are encoded in both wire formats. */
export interface SignalEncoder {
  readonly signal: Signal;
  readonly json: FormatEncoder;
  readonly protobuf: FormatEncoder;
}

interface FormatEncoder {
  readonly entry: (span: GenAISpan, payload: unknown) => Entry;
  readonly head: (span: GenAISpan) => string;
}

/** Sends entries that were encoded when they were queued: a request is made by putting them one after another. */
export function otlpTarget(encoder: SignalEncoder, options: OtlpTargetOptions): RecordTarget {
  const { url, headers = {}, compression = "none", maxBatchBytes = MAX_BATCH_BYTES } = options;
  const transport = options.transport ?? httpTransport(options);
  const { signal } = encoder;
  const format: Format = options.protocol === "http/json" ? "json" : "protobuf";
  const heads = headCache(encoder[format].head);
  return {
    maxItems: options.maxBatchSize ?? 512,
    maxBytes: maxBatchBytes,
    concurrency: options.concurrency,
    codec: entryCodec(`otlp-${signal}`),
    encode(span, payload) {
      const body = encoder[format].entry(span, payload);
      body.slab.retain();
      return { payload: body, bytes: body.byteLength, head: heads(span), group: format };
    },
    release(items) {
      for (const { payload } of items) if (payload instanceof Entry) payload.slab.release();
    },
    send(items: readonly Item[]): Promise<SendResult> {
      // What an earlier process stored may be in the other format.
      const own = items[0]?.group === "json" ? "json" : "protobuf";
      const parts = requestOf(signal, own, items.map(partOf));
      return transport.send({
        url,
        method: "POST",
        headers: {
          ...(typeof headers === "function" ? headers() : headers),
          "content-type": own === "json" ? "application/json" : "application/x-protobuf",
        },
        parts,
        get body() {
          return Buffer.concat(parts);
        },
        onBodySent: heldUntilSent(items),
        compression,
        retryableStatuses: OTLP_RETRYABLE_STATUSES,
        rejectedIn: (reply) => partialSuccessIn(reply),
      });
    },
    shutdown: () => transport.shutdown(),
  };
}

function partOf({ head = "", payload }: Item): Part {
  return { head, body: payload as Entry }; // as `encode` made it, or the codec read it
}

/**
 * An attempt may go on after its items were delivered by another one: what it sends must stand until then.
 * @returns what lets go of it.
 */
function heldUntilSent(items: readonly Item[]): () => void {
  const slabs = new Set<Slab>();
  for (const { payload } of items) if (payload instanceof Entry) slabs.add(payload.slab);
  for (const slab of slabs) slab.retain();
  return () => {
    for (const slab of slabs) slab.release();
    slabs.clear();
  };
}

/** Remembers the head of each resource and scope; they are the same objects for most spans of a process. */
function headCache(headOf: (span: GenAISpan) => string): (span: GenAISpan) => string {
  const known: WeakMap<ResourceLike, WeakMap<object, string>> = new WeakMap();
  return (span) => {
    const { resource }: ReadableSpanLike = span.source;
    const scope = span.scope ?? NO_SCOPE;
    const cached = known.get(resource)?.get(scope);
    if (cached !== undefined) return cached;
    const head = headOf(span);
    // Attributes that are still being found would be missing for good.
    if (resource.asyncAttributesPending) return head;
    const heads = known.get(resource) ?? new WeakMap<object, string>();
    known.set(resource, heads);
    heads.set(scope, head);
    return head;
  };
}

const NO_SCOPE = {};
