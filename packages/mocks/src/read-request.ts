import type { IncomingMessage } from "node:http";
import { gunzipSync, inflateSync } from "node:zlib";

/** The bytes of a request; undefined where the client left while it was sending. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece as Buffer); // no encoding is set on the stream
    return request.complete ? Buffer.concat(pieces) : undefined;
  } catch {
    return undefined;
  }
}

/** Unzips a body. @returns undefined for an encoding that is not known, or bytes that are not of it. */
export function decompress(body: Buffer, encoding: string | undefined): Buffer | undefined {
  try {
    if (encoding === undefined || encoding === "identity") return body;
    if (encoding === "gzip") return gunzipSync(body);
    return encoding === "deflate" ? inflateSync(body) : undefined;
  } catch {
    return undefined;
  }
}
