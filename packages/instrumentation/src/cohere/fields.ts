import { isRecord } from "../engine/read.ts";

const snakeNames = new Map<string, string>();

/** The client says `chatHistory`; the API, and the bodies of InvokeModel on Amazon Bedrock, `chat_history`. */
export function field(value: unknown, name: string): unknown {
  if (!isRecord(value)) return undefined;
  const given = value[name];
  if (given !== undefined) return given;
  let snake = snakeNames.get(name);
  if (snake === undefined) {
    snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakeNames.set(name, snake);
  }
  return value[snake];
}
