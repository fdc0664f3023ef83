import type { InputMessage, SystemInstructions } from "@genspan/semconv";
import { text } from "../engine/read.ts";

/** A prompt of plain text as a user's message. */
export function promptMessages(prompt: unknown): InputMessage[] {
  const content = text(prompt);
  return content === undefined ? [] : [{ role: "user", parts: [{ type: "text", content }] }];
}

/** Instructions that are given beside the messages. */
export function textInstructions(instructions: unknown): SystemInstructions {
  const content = text(instructions);
  return content === undefined ? [] : [{ type: "text", content }];
}
