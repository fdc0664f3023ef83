import type { SendResult } from "../destination.ts";
import type { Transport, TransportRequest } from "./transport.ts";

/** Keeps requests instead of sending them, for tests and dry runs; the newest 1000. */
export function memoryTransport(
  kept: TransportRequest[],
  answer: (request: TransportRequest) => SendResult = () => ({ status: "success" }),
): Transport {
  return {
    send(request) {
      kept.push(request);
      if (kept.length > 1000) kept.shift();
      return Promise.resolve(answer(request));
    },
    shutdown: () => Promise.resolve(),
  };
}
