import { Buffer } from "node:buffer";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { findSensitive, inOrder, replaceFindings } from "./find-sensitive.ts";
import type { Finding } from "./finding.ts";
import { DEEPEST, inStrings, looksLikeJson } from "./json-strings.ts";
import type { RedactionOptions, TextPlace } from "./options.ts";
import { createPolicy, type Policy } from "./policy.ts";
import { redactSpan } from "./redact-span.ts";
import { notReplaced } from "./replacement.ts";
import { isSecretValue, type SecretKind, secretKind } from "./secret-names.ts";
import { isSpelled, spelledOut } from "./spelled-out.ts";

/** Stands in the place of text that could not be looked through: a rule or the mask threw. */
export const WITHHELD = "[WITHHELD: redaction failed]";

const MAX_NAMES = 10_000;
/** Longer texts seldom come again. */
const LONGEST_KNOWN = 24;
/** What a mask may add to a text. */
const MAX_LONGER = 1024 * 1024;
const NAME: TextPlace = { part: "attribute", key: "" };

/** What a redactor has hidden since it was made. */
export interface RedactionCounts {
  /** Replacements by rule. */
  readonly replaced: Readonly<Record<string, number>>;
  /** Texts that were withheld because a rule or the mask threw. */
  readonly withheld: number;
  /** Attributes that were left out by `allow` or `deny`. */
  readonly removed: number;
}

/** Hides what a policy says in everything that is about to leave the process. It never throws. */
export class Redactor {
  readonly policy: Policy;
  readonly #replaced: Record<string, number> = {};
  readonly #cleanNames: Set<string> = new Set();
  /** Short texts without anything to hide, such as names of models: most come again with every span. */
  readonly #cleanTexts: Set<string> = new Set();
  /** Lists of records without anything to hide: the messages of a span stand in the records of several vendors. */
  readonly #cleanLists: WeakSet<object> = new WeakSet();
  /** Whether what is hidden of a text does not depend on where it stands. */
  readonly #isAlike: boolean;
  /** The objects that hold the value that is looked at. */
  readonly #path: object[] = [];
  #withheld = 0;
  removed = 0;
  /** Told once of the first failure of a rule. */
  readonly #onFailure: (error: unknown) => void;

  /** @throws {RedactionOptionsError} for a wrong option. */
  constructor(options: RedactionOptions = {}, onFailure: (error: unknown) => void = () => {}) {
    this.policy = createPolicy(options);
    this.#isAlike = this.policy.mask === undefined;
    this.#onFailure = onFailure;
  }

  get counts(): RedactionCounts {
    return { replaced: { ...this.#replaced }, withheld: this.#withheld, removed: this.removed };
  }

  /** The span as it may leave: the same object where nothing had to be hidden. */
  span(span: ReadableSpanLike): ReadableSpanLike {
    return redactSpan(span, this);
  }

  /** A finished record, or any other JSON value: the same object where nothing had to be hidden. */
  record<T>(record: T): T {
    // What comes back has the same shape: only texts differ, and numbers that had to be hidden are text.
    return this.value(record, { part: "record", key: "" }) as T;
  }

  text(text: string, place: TextPlace): string {
    return this.#safeText(text, place, 0);
  }

  /** The name of an attribute or of a field. There are few, and they come again and again. */
  name(name: string): string {
    if (this.#cleanNames.has(name)) return name;
    const clean = this.#guarded(() => this.#replace(name, this.#find(name, NAME), false));
    if (clean === name && this.#cleanNames.size < MAX_NAMES) this.#cleanNames.add(name);
    return clean;
  }

  /** A text, a list of texts, or a structure of them. */
  value(value: unknown, place: TextPlace): unknown {
    return this.#value(value, place, 0);
  }

  #value(value: unknown, place: TextPlace, depth: number): unknown {
    if (typeof value === "string") return this.#safeText(value, place, depth);
    if (typeof value === "number" || typeof value === "bigint") return this.#number(value, place, depth);
    if (typeof value !== "object" || value === null) return value;
    // What holds itself is withheld where it repeats: two such fields would be 2^64 objects.
    if (depth > DEEPEST || this.#path.includes(value)) return WITHHELD;
    this.#path.push(value);
    try {
      return this.#structure(value, place, depth);
    } catch (error) {
      this.#fail(error);
      return WITHHELD;
    } finally {
      this.#path.pop();
    }
  }

  #structure(value: object, place: TextPlace, depth: number): unknown {
    if (Array.isArray(value)) return this.#list(value, place, depth);
    if (value instanceof Uint8Array) return this.#bytes(value, place, depth);
    const shown = "toJSON" in value && typeof value.toJSON === "function" ? value.toJSON(place.key) : value;
    if (shown === value) return this.#object(value, place, depth);
    // Records are written as JSON: what an object says of itself there may not be among its fields.
    const clean = this.#value(shown, place, depth + 1);
    return clean === shown ? value : clean;
  }

  /** Bytes leave as they are, or as text in which the secret is hidden. */
  #bytes(bytes: Uint8Array, place: TextPlace, depth: number): unknown {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    const clean = this.#safeText(text, place, depth);
    return clean === text ? bytes : clean;
  }

  #list(list: readonly unknown[], place: TextPlace, depth: number): readonly unknown[] {
    const mayKnow = this.#isAlike && place.part === "record" && secretKind(place.key) === undefined;
    if (mayKnow && this.#cleanLists.has(list)) return list;
    let copy: unknown[] | undefined;
    for (let i = 0; i < list.length; i++) {
      const clean = this.#value(list[i], place, depth + 1);
      if (clean === list[i]) continue;
      copy ??= [...list];
      copy[i] = clean;
    }
    if (mayKnow && copy === undefined) this.#cleanLists.add(list);
    return copy ?? list;
  }

  #object(object: object, place: TextPlace, depth: number): object {
    let copy: Record<string, unknown> | undefined;
    for (const [key, value] of Object.entries(object)) {
      const name = this.name(key);
      const inner = { part: place.part, key: place.key === "" ? key : `${place.key}.${key}` };
      const clean = this.#value(value, inner, depth + 1);
      if (clean === value && name === key) continue;
      copy ??= { ...object };
      if (name !== key) delete copy[key];
      // Own property: a key of `__proto__` must not reach the prototype.
      Object.defineProperty(copy, name, { value: clean, enumerable: true, writable: true, configurable: true });
    }
    return copy ?? object;
  }

  /** A card or account number may have been stored as a number. */
  #number(value: number | bigint, place: TextPlace, depth: number): unknown {
    const isLong = typeof value === "bigint" || (Number.isInteger(value) && Math.abs(value) >= 1e7);
    if (!isLong && secretKind(place.key) !== "password") return value;
    const text = String(value);
    const clean = this.#safeText(text, place, depth);
    return clean === text ? value : clean;
  }

  #safeText(text: string, place: TextPlace, depth: number): string {
    const kind = secretKind(place.key);
    const isShort = this.#isAlike && text.length <= LONGEST_KNOWN && kind === undefined;
    if (isShort && this.#cleanTexts.has(text)) return text;
    let clean: string;
    try {
      clean = this.#masked(this.#named(text, kind) ?? this.#text(text, place, depth), place);
    } catch (error) {
      this.#fail(error);
      return WITHHELD;
    }
    if (isShort && clean === text && !isServerAddress(place)) this.#remember(text);
    return clean;
  }

  /** A text that is secret as a whole, by the name of its field: undefined for most. */
  #named(text: string, kind: SecretKind | undefined): string | undefined {
    if (kind === undefined || !isSecretValue(text, kind)) return undefined;
    const rule = kind === "header" ? "bearer" : "api_key";
    if (!this.policy.rules[rule]) return undefined;
    return this.#replace(text, [{ start: 0, end: text.length, rule }], false);
  }

  #masked(clean: string, place: TextPlace): string {
    const { mask } = this.policy;
    if (mask === undefined) return clean;
    const masked: unknown = mask(clean, place);
    if (typeof masked !== "string") throw new TypeError("the mask returned no text");
    if (masked.length > clean.length + MAX_LONGER) throw new RangeError("the mask returned too long a text");
    return masked;
  }

  #remember(text: string): void {
    if (this.#cleanTexts.size >= MAX_NAMES) this.#cleanTexts.clear();
    this.#cleanTexts.add(text);
  }

  #text(text: string, place: TextPlace, depth: number): string {
    const isJson = looksLikeJson(text);
    let readable = text;
    if (isSpelled(text)) {
      if (isJson && depth < DEEPEST) readable = this.#unescaped(text, place, depth);
      // Cut, or a part of other text, or a field that stands there twice.
      const plain = spelledOut(readable);
      if (plain !== readable && this.#find(plain, place).length > this.#find(readable, place).length) readable = plain;
    }
    return this.#replace(readable, this.#find(readable, place), isJson);
  }

  #replace(text: string, found: readonly Finding[], isJson: boolean): string {
    if (found.length === 0) return text;
    const strings = isJson ? inStrings(text, found) : undefined;
    let index = 0;
    return replaceFindings(text, found, (finding, secret) => {
      this.#replaced[finding.rule] = (this.#replaced[finding.rule] ?? 0) + 1;
      const replacement = this.policy.replacement(finding, secret);
      return strings?.[index++] === false ? JSON.stringify(replacement) : replacement;
    });
  }

  #find(text: string, place: TextPlace): readonly Finding[] {
    const { rules, customRules } = this.policy;
    const isServer = rules.ip && isServerAddress(place);
    const found = findSensitive(text, isServer ? { ...rules, ip: false } : rules);
    if (customRules.length === 0) return found;
    const own = customRules.flatMap(({ name, pattern }) =>
      [...text.matchAll(pattern)]
        .filter(([match]) => match !== "")
        .map((match) => ({ start: match.index, end: match.index + match[0].length, rule: name })),
    );
    return own.length === 0 ? found : notReplaced(text, inOrder([...found, ...own]));
  }

  /** JSON text with its characters written out, if it holds anything to hide that way; else as it was. */
  #unescaped(text: string, place: TextPlace, depth: number): string {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return text; // cut or not JSON: the rules see it as it is
    }
    const clean = this.#value(value, place, depth + 1);
    return clean === value ? text : JSON.stringify(clean);
  }

  #guarded(work: () => string): string {
    try {
      return work();
    } catch (error) {
      this.#fail(error);
      return WITHHELD;
    }
  }

  #fail(error: unknown): void {
    this.#withheld++;
    if (this.#withheld === 1) this.#onFailure(error);
  }
}

/** Where the model is served is no person's address. */
function isServerAddress({ part, key }: TextPlace): boolean {
  return key === "server.address" && part === "attribute";
}
