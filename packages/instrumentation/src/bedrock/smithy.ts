/** What all commands of a Smithy client have in common. */

import type { HttpFacts, ThrownFacts } from "../adapter.ts";
import { isObject, isRecord, record, text } from "../engine/read.ts";

/**
 * `Converse` of a `ConverseCommand`: by the operation's schema, which survives minifiers (clients since late 2025), or by
 * the name of the class.
 */
export function operationOf(command: unknown): string | undefined {
  if (!isObject(command) || !("input" in command)) return undefined;
  const schema: unknown = "schema" in command ? command.schema : undefined;
  if (Array.isArray(schema) && typeof schema[2] === "string") return schema[2];
  return command.constructor.name.replace(/Command\d*$/, "");
}

/** `send(command, options?, callback?)` or `send(command, callback)`. */
export function callbackIndex(args: readonly unknown[]): number | undefined {
  const index = args.findIndex((argument) => typeof argument === "function");
  return index > 0 ? index : undefined;
}

export function httpFacts(value: unknown): HttpFacts {
  const { httpStatusCode, requestId } = record(record(value)["$metadata"]);
  return { status: httpStatusCode, requestId };
}

/** The name of an exception is the service's error code, whether or not the client has a class for it. */
export function thrownFacts(error: unknown): ThrownFacts {
  if (!isRecord(error) || !isRecord(error["$metadata"])) return {};
  const { httpStatusCode, requestId } = error["$metadata"];
  return {
    type: "$fault" in error ? text(error["name"]) : undefined,
    statusCode: typeof httpStatusCode === "number" ? httpStatusCode : undefined,
    requestId: text(requestId),
  };
}
