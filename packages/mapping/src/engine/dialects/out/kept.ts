import type { ReadableSpanLike } from "../../readable-span.ts";
import { normalise } from "../normalise.ts";
import { type SpokenDialect, to } from "./speak.ts";

/** What became of the attributes of spans that were said in a dialect and read again. */
export interface Kept {
  readonly total: number;
  readonly kept: number;
  /** Attributes whose value is not what it was; each once. */
  readonly changed: readonly string[];
}

/** Says spans in one dialect after the other, each time from what was read of the one before, and compares. */
export function keptThrough(spans: readonly ReadableSpanLike[], dialects: readonly SpokenDialect[]): Kept {
  const changed = new Set<string>();
  let total = 0;
  let kept = 0;
  for (const span of spans) {
    const before = normalise(span);
    const after = dialects.reduce((read, dialect) => normalise(to(dialect)(read)), before);
    for (const name of Object.keys(before.attributes)) {
      if (!/^(gen_ai|openai|server|user)\./.test(name)) continue;
      total++;
      if (JSON.stringify(after.attributes[name]) === JSON.stringify(before.attributes[name])) kept++;
      else changed.add(name);
    }
  }
  return { total, kept, changed: [...changed] };
}
