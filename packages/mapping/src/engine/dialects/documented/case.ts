/**
 * Spans as the documentation of their producers has them, an attribute or a few at a time, and what the conventions call
 * what they say. Written from the producers' pages and sources, not from the tables that they test.
 */
export interface DocumentedCase {
  /** What is odd about it, or the attributes that it is about. */
  readonly about: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Structured values stand as they are; `undefined`: the attribute is not there. Others are not looked at. */
  readonly becomes: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly scope?: string;
  readonly events?: readonly { readonly name: string; readonly attributes?: object; readonly millis?: number }[];
}

/** What all spans of a dialect have, and the cases of that dialect. */
export interface Documented {
  readonly dialect: string;
  readonly scope?: string;
  readonly always?: Readonly<Record<string, unknown>>;
  readonly cases: readonly DocumentedCase[];
}

type Attributes = Readonly<Record<string, unknown>>;

/** A case in one line: attributes in, attributes out. */
export function one(attributes: Attributes, becomes: Attributes, more: Partial<DocumentedCase> = {}): DocumentedCase {
  return { about: Object.keys(attributes).join(", "), attributes, becomes, ...more };
}

/** An attribute that takes another name, with the same value or the one given. */
export function renamed(from: string, to: string, value: unknown, becomes: unknown = value): DocumentedCase {
  return one({ [from]: value }, { [to]: becomes, [from]: from === to ? becomes : undefined });
}

/** Attributes that stay as they are: the conventions have no name for them. */
export function kept(attributes: Attributes, more: Partial<DocumentedCase> = {}): DocumentedCase {
  return { about: `kept: ${Object.keys(attributes).join(", ")}`, attributes, becomes: attributes, ...more };
}

/** Attributes that go: repetitions, and what may hold secrets. */
export function gone(attributes: Attributes): DocumentedCase {
  const becomes = Object.fromEntries(Object.keys(attributes).map((name) => [name, undefined]));
  return { about: `dropped: ${Object.keys(attributes).join(", ")}`, attributes, becomes };
}

export const json = (value: unknown): string => JSON.stringify(value);
const text = (content: string): object => ({ type: "text", content });
export const said = (role: string, ...parts: readonly (string | object)[]): object => ({
  role,
  parts: parts.map((part) => (typeof part === "string" ? text(part) : part)),
});
export const call = (id: string, name: string, args: unknown): object => ({
  type: "tool_call",
  id,
  name,
  arguments: args,
});
export const answer = (id: string, response: unknown): object => ({ type: "tool_call_response", id, response });
