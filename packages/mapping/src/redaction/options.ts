import { z } from "zod";
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

const names = z.array(z.string().min(1));

/** Reads what a user wrote; a wrong option is refused with a sentence. */
export const redactionOptionsSchema: z.ZodType<RedactionOptions> = z.strictObject({
  rules: z.array(z.enum(RULE_NAMES, { error: `a rule must be one of ${RULE_NAMES.join(", ")}` })).optional(),
  customRules: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9_]*$/i, "a rule's name consists of letters, digits and _"),
        pattern: z.instanceof(RegExp, { error: "a rule's `pattern` must be a regular expression" }),
      }),
    )
    .optional(),
  mask: z
    .custom<NonNullable<RedactionOptions["mask"]>>((value) => typeof value === "function", "must be a function")
    .optional(),
  allow: names.optional(),
  deny: names.optional(),
  replacement: z.enum(["label", "hash"], { error: '`replacement` must be "label" or "hash"' }).optional(),
  salt: z.string().min(8, "a salt has at least 8 characters").optional(),
});
