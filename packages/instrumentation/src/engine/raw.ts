import { exactNumber } from "./json-text.ts";
import { isHttpResponse } from "./read.ts";

/**
 * JSON text of a request, a response or chunks. Uploads (files, streams, buffers) are named, not read: reading them
 * would take them away from the application.
 */
export function rawJson(value: unknown): string {
  return JSON.stringify(value, jsonOrName) ?? "null";
}

function jsonOrName(this: Readonly<Record<string, unknown>>, key: string, converted: unknown): unknown {
  if (typeof converted === "bigint") return exactNumber(converted);
  const value = this[key];
  // Credentials of MCP servers, in the tools of a Responses request.
  if ((key === "authorization" || key === "headers") && "server_label" in this) return "[left out]";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return converted;
  if (value instanceof Float32Array || value instanceof Float64Array) return Array.from(value);
  if (isPlain(value)) return converted;
  const { name } = value as { readonly name?: unknown };
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Blob || isStream(value)) {
    return `[${value.constructor.name}${typeof name === "string" ? ` ${name}` : ""}]`;
  }
  return converted;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isStream(value: object): boolean {
  return "pipe" in value || "getReader" in value || Symbol.asyncIterator in value || isHttpResponse(value);
}
