import { builtin } from "../runtime/builtin.ts";
import type { TransportRequest } from "./transport.ts";

/** Zips off the application's thread; bodies that are too small to gain stay as they are. */
const MIN_BYTES = 1024;

/** @returns the body to send and the headers that say what it is; the same parts where they stay as they are. */
export async function compress(
  parts: readonly Uint8Array[],
  { compression, headers }: Pick<TransportRequest, "compression" | "headers">,
): Promise<{ readonly parts: readonly Uint8Array[]; readonly headers: Readonly<Record<string, string>> }> {
  if (compression !== "gzip" || sizeOf(parts) < MIN_BYTES) return { parts, headers };
  return { parts: [await gzip(Buffer.concat(parts))], headers: { ...headers, "content-encoding": "gzip" } };
}

export function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
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
