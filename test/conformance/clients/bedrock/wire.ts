/** What is on the wire, and what the client makes of it. */
import type { Cassette } from "../../../support/cassettes.ts";
import { parseJson } from "../../../support/http.ts";
import { isObject, type Json, responseObjects } from "../../recordings/response-objects.ts";

/** Base64 text where the client has bytes: of media, and of redacted reasoning. */
export function withBytes(value: unknown, make: (bytes: Uint8Array) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withBytes(item, make));
  if (!isObject(value)) return value;
  const converted = Object.entries(value).map(([name, inner]) => {
    const isBytes = typeof inner === "string" && (name === "bytes" || name === "redactedContent");
    return [name, isBytes ? make(new Uint8Array(Buffer.from(inner, "base64"))) : withBytes(inner, make)];
  });
  return Object.fromEntries(converted);
}

/** The JSON in the chunks of InvokeModelWithResponseStream. */
export function invokeChunks(cassette: Cassette): readonly Json[] {
  return responseObjects(cassette).flatMap(({ chunk }) => {
    const bytes = isObject(chunk) ? chunk["bytes"] : undefined;
    const json = typeof bytes === "string" ? parseJson(Buffer.from(bytes, "base64").toString("utf8")) : undefined;
    return isObject(json) ? [json] : [];
  });
}
