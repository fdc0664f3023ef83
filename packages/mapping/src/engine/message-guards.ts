import type { InputMessage, SystemInstructions, ToolDefinition } from "@genspan/semconv";

/**
 * Forgiving guards for reading messages of any producer: the outline must be right, single parts may be of any type.
 * (What we emit ourselves is held to the strict schemas of `@genspan/semconv/messages`.)
 */

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isPart = (value: unknown): boolean => isObject(value) && typeof value["type"] === "string";

export function isInputMessages(value: unknown): value is readonly InputMessage[] {
  return (
    Array.isArray(value) &&
    value.every(
      (message) =>
        isObject(message) &&
        typeof message["role"] === "string" &&
        Array.isArray(message["parts"]) &&
        message["parts"].every(isPart),
    )
  );
}

export function isSystemInstructions(value: unknown): value is SystemInstructions {
  return Array.isArray(value) && value.every(isPart);
}

export function isToolDefinitions(value: unknown): value is readonly ToolDefinition[] {
  return Array.isArray(value) && value.every((tool) => isObject(tool) && typeof tool["name"] === "string");
}
