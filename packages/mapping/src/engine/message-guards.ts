import type { InputMessage, SystemInstructions, ToolDefinition } from "@genspan/semconv";

/**
 * Forgiving guards for reading messages of any producer: the outline must be right, single parts may be of any type.
 * (What we emit ourselves is held to the strict schemas of `@genspan/semconv/messages`.)
 */

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isInputMessages(value: unknown): value is readonly InputMessage[] {
  if (!Array.isArray(value)) return false;
  for (const message of value as readonly unknown[]) {
    if (!isObject(message) || typeof message["role"] !== "string" || !isParts(message["parts"])) return false;
  }
  return true;
}

export function isSystemInstructions(value: unknown): value is SystemInstructions {
  return isParts(value);
}

function isParts(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (const part of value as readonly unknown[]) if (!isObject(part) || typeof part["type"] !== "string") return false;
  return true;
}

export function isToolDefinitions(value: unknown): value is readonly ToolDefinition[] {
  return Array.isArray(value) && value.every((tool) => isObject(tool) && typeof tool["name"] === "string");
}
