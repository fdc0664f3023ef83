import type { InputMessage, MessagePart } from "@genspan/semconv";

/** Used tools that no message calls are those that the provider ran. They keep their place among the calls. */
export function withServerTools(
  messages: readonly InputMessage[],
  listed: readonly string[] = [],
): readonly InputMessage[] {
  const called = new Set(messages.flatMap(({ parts }) => parts.flatMap(callName)));
  const missing = listed.filter((name) => !called.has(name));
  if (missing.length === 0) return messages;
  const waiting = [...missing];
  const placed = (messages.length > 0 ? messages : [{ role: "assistant", parts: [] }]).map((message) => ({
    ...message,
    parts: message.parts.flatMap((part) => {
      const [name] = callName(part);
      const before = name === undefined ? [] : takeBefore(waiting, listed, name);
      return [...before.map(serverToolCall), part];
    }),
  }));
  const last = placed.pop();
  if (last !== undefined) placed.push({ ...last, parts: [...last.parts, ...waiting.map(serverToolCall)] });
  return placed;
}

function takeBefore(waiting: string[], listed: readonly string[], name: string): readonly string[] {
  const before = waiting.filter((other) => listed.indexOf(other) < listed.indexOf(name));
  waiting.splice(0, before.length);
  return before;
}

function callName(part: MessagePart): readonly string[] {
  return part.type === "tool_call" && "name" in part && typeof part.name === "string" ? [part.name] : [];
}

function serverToolCall(name: string): MessagePart {
  return { type: "server_tool_call", name, server_tool_call: { type: name } };
}
