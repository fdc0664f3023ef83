import type { ThrownFacts } from "../adapter.ts";
import { isRecord, parseJson, record, text } from "../engine/read.ts";

/**
 * An `ApiError` has the answer's body as its message: `{"error":{"code":400,"status":"INVALID_ARGUMENT",...}}`; that of an
 * error within a stream begins with `got status: UNAVAILABLE. {...}`.
 */
export function thrownFacts(error: unknown): ThrownFacts {
  const { message, status } = record(error);
  if (typeof message !== "string" || typeof status !== "number") return {};
  const body = parseJson(message.slice(Math.max(message.indexOf("{"), 0)));
  const said = record(isRecord(body) ? body["error"] : undefined);
  return { type: text(said["status"]) ?? text(said["code"]), statusCode: status };
}
