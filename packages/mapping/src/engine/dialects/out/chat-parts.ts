import type { InputMessage, MessagePart } from "@genspan/semconv";
import { partsOrText } from "../reading/parts.ts";
import { asText } from "./outgoing.ts";

/** Messages in the words of OpenAI's chat endpoint, which the older dialects have taken over. */

type Json = Readonly<Record<string, unknown>>;

export interface PlainMessage {
  readonly role: string;
  readonly name?: string;
  /** One text, or parts. */
  readonly content?: string | readonly Json[];
  readonly calls: readonly { readonly id?: string; readonly name: string; readonly arguments: string }[];
  readonly toolCallId?: string;
}

/** One message for each; each answer of a tool is a message of its own. */
export function plainMessages(messages: readonly InputMessage[]): readonly PlainMessage[] {
  return messages.flatMap((message) => {
    const named = message.role === "tool" && message.name ? { name: message.name } : {};
    const answers = message.parts
      .filter(({ type }) => type === "tool_call_response")
      .map((part) => ({ ...answerOf(part), ...named }));
    const others = message.parts.filter(({ type }) => type !== "tool_call_response");
    return others.length > 0 || answers.length === 0 ? [...answers, spoken({ ...message, parts: others })] : answers;
  });
}

function answerOf(part: MessagePart): PlainMessage {
  const { id, response } = part as Json; // parts of any producer: what is read here is checked below
  const content = asText(response) ?? "";
  return {
    role: "tool",
    content: looksLikeParts(content) ? [{ type: "text", text: content }] : content,
    calls: [],
    ...(typeof id === "string" && { toolCallId: id }),
  };
}

function spoken({ role, name, parts }: InputMessage): PlainMessage {
  const calls = parts.filter(({ type }) => type === "tool_call").map(callOf);
  const contents = parts.filter(({ type }) => type !== "tool_call").map(contentOf);
  const [only] = contents;
  const isText = contents.length === 1 && isPlainText(only);
  const content = isText ? String(only["text"]) : contents;
  return { role, calls, ...(name && { name }), ...(contents.length > 0 && { content }) };
}

function isPlainText(part: Json | undefined): part is Json {
  if (part?.["type"] !== "text" || typeof part["text"] !== "string") return false;
  return part["citations"] === undefined && !looksLikeParts(part["text"]);
}

/** Text that a reader of these dialects would take for the parts that others write as JSON. */
function looksLikeParts(text: string): boolean {
  return partsOrText(text) !== text;
}

function callOf(part: MessagePart): PlainMessage["calls"][number] {
  const { id, name, arguments: given } = part as Json; // as above
  return {
    ...(typeof id === "string" && { id }),
    name: String(name ?? ""),
    arguments: asText(given ?? {}) ?? "{}",
  };
}

/** What the chat endpoint has no word for keeps its own. */
function contentOf(part: MessagePart): Json {
  const fields = part as Json; // as above
  const { type, content, modality, citations } = fields;
  if (type === "text") return { type, text: content, ...(citations !== undefined && { citations }) };
  const url = mediaUrl(fields);
  if (url === undefined) return fields;
  if (modality === "image") return { type: "image_url", image_url: { url } };
  return fields;
}

/** The URL of media, with the bytes in it where there is no other. */
export function mediaUrl({ type, uri, content, mime_type: mimeType }: Json): string | undefined {
  if (type === "uri" && typeof uri === "string") return uri;
  if (type !== "blob" || typeof content !== "string") return undefined;
  return `data:${typeof mimeType === "string" ? mimeType : ""};base64,${content}`;
}
