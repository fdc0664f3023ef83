/** A stretch of text that a rule wants hidden. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  /** The rule's name, which stands in the replacement. */
  readonly rule: string;
}

/** The rules that come with the package. */
export const RULE_NAMES = [
  "api_key",
  "bearer",
  "private_key",
  "email",
  "phone",
  "iban",
  "card",
  "ip",
  "national_id",
] as const;

/** One of {@link RULE_NAMES}. */
export type RuleName = (typeof RULE_NAMES)[number];

/** Which of the built-in rules are on: fixed when a policy is made. */
export type RuleSet = Readonly<Record<RuleName, boolean>>;
