import { ERROR_TYPE_VALUE__OTHER } from "@genspan/semconv";
import type { ClientAdapter, Failure } from "../adapter.ts";
import { record, text } from "./read.ts";

/** A code such as `rate_limit_exceeded`; numbers are HTTP statuses in disguise and say less than the class name. */
const codePattern = /^(?!\d+$)[A-Za-z0-9_.-]{1,64}$/;

/** What an exception of a client library says, by the `error.type` rule: provider's code, else class name. */
export function failureOf(error: unknown, adapter?: Pick<ClientAdapter, "thrown">): Failure {
  const thrown = adapter?.thrown?.(error);
  const { code, status, message, name } = record(error);
  const isError = typeof message === "string" && typeof name === "string";
  const className = isError ? classNameOf(record(error)["constructor"], name) : undefined;
  const codes = [thrown?.type, code];
  const type = codes.find((value) => typeof value === "string" && codePattern.test(value));
  return {
    type: text(type) ?? className ?? ERROR_TYPE_VALUE__OTHER,
    message: isError ? message : undefined,
    statusCode: thrown?.statusCode ?? (typeof status === "number" ? status : undefined),
  };
}

/** Of a plain `Error`, or of one of the platform's, that name which it was given: `AbortError`, `TimeoutError`. */
function classNameOf(constructed: unknown, name: string): string | undefined {
  const className = typeof constructed === "function" ? text(constructed.name) : undefined;
  const isNamed = className === "Error" || className === "DOMException";
  return isNamed && codePattern.test(name) ? name : className;
}

/** Errors of HTTP answers keep the provider's request id. */
export function requestIdOf(error: unknown, adapter?: Pick<ClientAdapter, "thrown">): string | undefined {
  const { requestID, request_id } = record(error);
  return text(adapter?.thrown?.(error).requestId ?? requestID ?? request_id);
}
