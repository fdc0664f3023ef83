import * as api from "@opentelemetry/api";
import { record, text } from "./read.ts";
import { warnOnce } from "./reports.ts";

/** Where every copy of `@opentelemetry/api` 1.x keeps what was registered. */
const globalKey = Symbol.for("opentelemetry.js.api.1");

let isTold = false;

/**
 * A provider that was registered through another copy of the API is out of reach where ours is the newer one: ours then
 * hands out tracers that record nothing, without a word. Asked only when a call was not recorded.
 */
export function warnOfOtherApi(): void {
  if (isTold) return;
  const registered = record((globalThis as { [globalKey]?: unknown })[globalKey]);
  if (registered["trace"] === undefined || registered["trace"] === api.trace.getTracerProvider()) return;
  isTold = true;
  const version = text(registered["version"]) ?? "another version";
  warnOnce(
    `A tracer provider is registered through a copy of @opentelemetry/api (${version}) that is older than the one which ` +
      "@genspan/instrumentation uses, and it is not seen: no call is recorded. Install one copy only (`npm ls " +
      "@opentelemetry/api`), or give the option tracerProvider.",
  );
}
