/** The JSON objects of a recorded response, in whatever form they were sent. */
import type { Cassette } from "../../support/cassettes.ts";
import { eventStreamFrames } from "../../support/event-stream.ts";
import { parseJson } from "../../support/http.ts";

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects in a value that is no array are none. */
export const objectsIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/**
 * The body; the data of every server-sent event, the lines of newline-delimited JSON, or the payloads of an AWS event stream
 * (each as `{ [event type]: payload }`, as the client gives it to the application).
 */
export function responseObjects(cassette: Cassette): readonly Json[] {
  const { body, sse, base64 } = cassette.response;
  if (base64 !== undefined) return frameObjects(Buffer.from(base64, "base64"));
  if (!sse) return Array.isArray(body) ? body.filter(isObject) : isObject(body) ? [body] : [];
  const lines = sse.join("").split(/\r?\n/);
  const isEvents = lines.some((line) => line.startsWith("data:"));
  const texts = isEvents ? lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5)) : lines;
  return texts.map(parseJson).filter(isObject);
}

function frameObjects(bytes: Buffer): readonly Json[] {
  return eventStreamFrames(bytes).flatMap(({ headers, payload }) => {
    const type = headers[":event-type"] ?? headers[":exception-type"];
    const value = parseJson(payload.toString("utf8"));
    return type === undefined || value === undefined ? [] : [{ [type]: value }];
  });
}

/** The body's fields, or those of the form. */
export function requestFields(cassette: Cassette): Json {
  const { body, multipart } = cassette.request;
  if (multipart) return Object.fromEntries(multipart.map(({ name, value }) => [name, value]));
  return isObject(body) ? body : {};
}
