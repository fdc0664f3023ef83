import { createHmac, randomBytes } from "node:crypto";
import { type Finding, RULE_NAMES, type RuleSet } from "./finding.ts";
import { nameFilter } from "./name-filter.ts";
import { type CustomRule, type RedactionOptions, redactionProblems, type TextPlace } from "./options.ts";

/** Options with everything decided that can be decided once. */
export interface Policy {
  readonly rules: RuleSet;
  readonly customRules: readonly CustomRule[];
  readonly mask: ((text: string, place: TextPlace) => string) | undefined;
  /** Whether an attribute of that name may leave at all. */
  readonly mayLeave: (name: string) => boolean;
  /** Whether there is a list of what may leave. */
  readonly isAllowList: boolean;
  /** Whether any name may leave: then nobody needs to ask. */
  readonly allMayLeave: boolean;
  readonly replacement: (finding: Finding, secret: string) => string;
}

/** A wrong redaction option. The message says what to do. */
export class RedactionOptionsError extends Error {
  override readonly name = "RedactionOptionsError";
}

/** @throws {RedactionOptionsError} */
export function createPolicy(given: RedactionOptions): Policy {
  const problems = redactionProblems(given);
  if (problems.length > 0) throw new RedactionOptionsError(problems.join("; "));
  const { rules = RULE_NAMES, customRules = [], mask, allow, deny } = given;
  const isAllowed = allow === undefined ? undefined : nameFilter(allow);
  const isDenied = deny === undefined ? undefined : nameFilter(deny);
  const on = new Set<string>(rules);
  return {
    rules: Object.fromEntries(RULE_NAMES.map((name) => [name, on.has(name)])) as RuleSet, // each of its names
    customRules: customRules.map(({ name, pattern }) => ({ name, pattern: everyMatch(pattern) })),
    mask,
    mayLeave: (name) => (isAllowed?.(name) ?? true) && !(isDenied?.(name) ?? false),
    isAllowList: allow !== undefined,
    allMayLeave: allow === undefined && deny === undefined,
    replacement:
      given.replacement === "hash"
        ? hashes(given.salt ?? randomBytes(16).toString("hex"))
        : ({ rule }) => `[REDACTED:${rule}]`,
  };
}

function hashes(salt: string): Policy["replacement"] {
  return ({ rule }, secret) => `[${rule}:${createHmac("sha256", salt).update(secret).digest("hex").slice(0, 16)}]`;
}

function everyMatch({ source, flags }: RegExp): RegExp {
  const kept = flags.replaceAll("y", "");
  return new RegExp(source, kept.includes("g") ? kept : `${kept}g`);
}
