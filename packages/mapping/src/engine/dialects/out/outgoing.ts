import type { InputMessage } from "@genspan/semconv";
import { json } from "../../json-text.ts";
import { isInputMessages, isSystemInstructions } from "../../message-guards.ts";
import type { ReadableSpanLike, SpanEventLike } from "../../readable-span.ts";
import { define, parsed } from "../reading/values.ts";

/** Names of the current conventions, and what another dialect calls the same value. */
export type Renames = Readonly<Record<string, string>>;

/** A span in the current form on its way into another dialect. What the dialect has no name for stays as it is. */
export class Outgoing {
  readonly span: ReadableSpanLike;
  readonly events: SpanEventLike[] = [];
  readonly #said: Map<string, unknown> = new Map();
  readonly #used: Set<string> = new Set();

  constructor(span: ReadableSpanLike) {
    this.span = span;
  }

  /** The value under a current name. */
  get(name: string): unknown {
    const { attributes } = this.span;
    return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  }

  /** Adds an attribute of the dialect; nothing for `undefined`. */
  say(name: string, value: unknown): void {
    if (value !== undefined && value !== null) this.#said.set(name, value);
  }

  /** The current attribute is said in the dialect's way and not passed on. */
  use(...names: readonly string[]): void {
    for (const name of names) this.#used.add(name);
  }

  /** Says values under the dialect's names. */
  rename(renames: Renames): void {
    for (const name in renames) {
      const value = this.get(name);
      if (value === undefined) continue;
      this.say(renames[name] ?? name, value);
      this.use(name);
    }
  }

  /** Messages under a current name; `undefined` where there are none that can be read. */
  messages(name: string): readonly InputMessage[] | undefined {
    const read = parsed(this.get(name));
    return isInputMessages(read) ? read : undefined;
  }

  /** System instructions as the system message that they are in dialects that know no others. */
  instructions(name: string): readonly InputMessage[] {
    const read = parsed(this.get(name));
    return isSystemInstructions(read) && read.length > 0 ? [{ role: "system", parts: read }] : [];
  }

  finish(): ReadableSpanLike["attributes"] {
    const attributes: Record<string, unknown> = {};
    const given = this.span.attributes;
    for (const name in given) if (!this.#used.has(name)) define(attributes, name, given[name]);
    for (const [name, value] of this.#said) define(attributes, name, value);
    return attributes;
  }
}

/** Text as it is; every other value as JSON. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : json(value);
}
