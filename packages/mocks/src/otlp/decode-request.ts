import { type DecodedMessage, decodeProtobuf, OTLP_MESSAGES } from "@genspan/mapping";
import { faultsOf } from "./check.ts";

export type OtlpSignal = "traces" | "logs";

const REQUESTS = { traces: OTLP_MESSAGES.tracesRequest, logs: OTLP_MESSAGES.logsRequest } as const;

/**
 * Reads an OTLP export request, in protobuf or as the text of OTLP/JSON, as strictly as a receiver may.
 * @returns the request in the shape of OTLP/JSON.
 * @throws {Error} which names the place, for what a strict receiver refuses.
 */
export function decodeOtlpRequest(body: Uint8Array | string, signal: OtlpSignal): DecodedMessage {
  const message = REQUESTS[signal];
  const value: unknown = typeof body === "string" ? JSON.parse(body) : decodeProtobuf(body, message);
  const faults = faultsOf(value, message);
  if (faults.length > 0) throw new TypeError(`not an OTLP request: ${faults.slice(0, 5).join("; ")}`);
  return value as DecodedMessage; // an object: it has no faults
}
