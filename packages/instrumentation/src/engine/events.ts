import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS,
  EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION,
} from "@genspan/semconv";
import type { Context } from "@opentelemetry/api";
import { record } from "./read.ts";
import { warnOnce } from "./reports.ts";
import type { Tracing } from "./tracing.ts";

/** Severity WARN, as the conventions say for exceptions of client operations. */
const severityWarn = 13;

/** The log event that carries content; only where the user asked for content in events. */
export function emitDetails(tracing: Tracing, context: Context, attributes: Readonly<Record<string, unknown>>): void {
  const logger = tracing.logger();
  if (logger === undefined) {
    warnOnce(
      "content is asked for in events, but there is no logger provider: set `loggerProvider`, or ask for spans.",
    );
  }
  logger?.emit({ eventName: EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS, context, attributes });
}

/** The conventions put exceptions into a log event, not into a span event. */
export function emitException(tracing: Tracing, context: Context, error: unknown): void {
  const { message, stack, constructor: errorClass } = record(error);
  if (typeof message !== "string" || typeof errorClass !== "function") return;
  tracing.logger()?.emit({
    eventName: EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION,
    severityNumber: severityWarn,
    context,
    attributes: {
      [ATTR_EXCEPTION_TYPE]: errorClass.name,
      [ATTR_EXCEPTION_MESSAGE]: message,
      [ATTR_EXCEPTION_STACKTRACE]: stack,
    },
  });
}
