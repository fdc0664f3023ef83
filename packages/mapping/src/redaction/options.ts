import { RULE_NAMES, type RuleName } from "./finding.ts";

/** A rule of the user's own. */
export interface CustomRule {
  /** Stands in the replacement: `[REDACTED:employee_id]`. */
  readonly name: string;
  /** Every match is hidden. Its running time is the user's affair: no rule of ours backtracks. */
  readonly pattern: RegExp;
}

/** Where a piece of text stands. */
export interface TextPlace {
  /**
   * `name`, `status`, `attribute`, `event`, `link`, `resource`, `scope` of a span, or `record`: the finished record of a
   * vendor.
   */
  readonly part: "name" | "status" | "attribute" | "event" | "link" | "resource" | "scope" | "record";
  /** The attribute's name, or the names on the way to a value of a record, joined by dots; empty for a name or status. */
  readonly key: string;
}

/** What must not leave the process. */
export interface RedactionOptions {
  /** Built-in rules that are on. Default: all. */
  readonly rules?: readonly RuleName[] | undefined;
  readonly customRules?: readonly CustomRule[] | undefined;
  /**
   * Called with every piece of text after the rules; what it returns leaves. When it throws, the text is withheld, as
   * with any other rule.
   */
  readonly mask?: ((text: string, place: TextPlace) => string) | undefined;
  /**
   * Only these attributes leave: names, or beginnings of names with a `*` (`gen_ai.usage.*`). It holds for attributes of
   * spans, events, links and resources, and for the message of a status under the name `status.message`.
   */
  readonly allow?: readonly string[] | undefined;
  /** These attributes never leave; written as in `allow`. */
  readonly deny?: readonly string[] | undefined;
  /**
   * `label` (default) puts `[REDACTED:email]` in the place; `hash` puts `[email:0f3a...]`, the beginning of a keyed hash:
   * equal values stay recognisable as equal.
   */
  readonly replacement?: "label" | "hash" | undefined;
  /** The key of the hash; without one a random key of the process is used, and hashes of two processes differ. */
  readonly salt?: string | undefined;
}

const KNOWN: ReadonlySet<string> = new Set(["rules", "customRules", "mask", "allow", "deny", "replacement", "salt"]);

/**
 * What is wrong with options, a clause each. Written out: this is loaded with every application, and a schema library
 * would take longer to load than all the rest.
 */
export function redactionProblems(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return ["must be an object"];
  const given = value as Readonly<Record<string, unknown>>; // an object has fields
  const { rules, customRules, mask, allow, deny, replacement, salt } = given;
  const problems = Object.keys(given).flatMap((key) => (KNOWN.has(key) ? [] : [`unknown option \`${key}\``]));
  const isRule = (rule: unknown): boolean => RULE_NAMES.some((name) => name === rule);
  if (!isListOf(rules, isRule)) problems.push(`rules: a rule must be one of ${RULE_NAMES.join(", ")}`);
  if (!isListOf(customRules, isCustomRule)) {
    problems.push("customRules: each has a `name` of letters, digits and _ and a regular expression as its `pattern`");
  }
  if (mask !== undefined && typeof mask !== "function") problems.push("mask: must be a function");
  for (const [name, list] of Object.entries({ allow, deny })) {
    const isName = (item: unknown): boolean => typeof item === "string" && item !== "";
    if (!isListOf(list, isName)) problems.push(`${name}: must be a list of attribute names`);
  }
  if (replacement !== undefined && replacement !== "label" && replacement !== "hash") {
    problems.push('replacement: must be "label" or "hash"');
  }
  if (salt !== undefined && (typeof salt !== "string" || salt.length < 8)) {
    problems.push("salt: a salt has at least 8 characters");
  }
  return problems;
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return value === undefined || (Array.isArray(value) && value.every(isItem));
}

function isCustomRule(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { name, pattern } = value as Readonly<Record<string, unknown>>; // an object has fields
  return typeof name === "string" && /^[a-z][a-z0-9_]*$/i.test(name) && pattern instanceof RegExp;
}
