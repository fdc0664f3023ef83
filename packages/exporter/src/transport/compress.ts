import { builtin } from "../runtime.ts";
import type { TransportRequest } from "./transport.ts";

/** Zips off the application's thread; bodies that are too small to gain stay as they are. */
const LEAST_BYTES = 1024;

/** @returns the body to send and the headers that say what it is. */
export async function compress(
  body: Uint8Array,
  { compression, headers }: Pick<TransportRequest, "compression" | "headers">,
): Promise<{ readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> }> {
  if (compression !== "gzip" || body.byteLength < LEAST_BYTES) return { body, headers };
  return { body: await gzip(body), headers: { ...headers, "content-encoding": "gzip" } };
}

async function gzip(body: Uint8Array): Promise<Uint8Array> {
  const zlib = builtin("node:zlib");
  if (zlib === undefined) {
    const zipped = new Blob([new Uint8Array(body)]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(zipped).arrayBuffer());
  }
  return new Promise((resolve, reject) => {
    zlib.gzip(body, (error, zipped) => (error === null ? resolve(zipped) : reject(error)));
  });
}
