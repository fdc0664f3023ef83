import { jsonText } from "./json-text.ts";

/** Shorter texts are kept whole: types, roles, names and ids. */
const keptLength = 64;

/**
 * JSON text of at most `maxLength` characters. Where it would be longer, the longest texts within it are cut at their
 * ends, all at the same length, and the result is JSON of the same shape. Undefined where that is not enough.
 *
 * The SDK's own attribute length limit cuts the JSON text itself, which then nobody can read.
 */
export function jsonWithin(value: unknown, maxLength: number): string | undefined {
  const whole = jsonText(value);
  if (whole.length <= maxLength) return whole;
  const plain: unknown = JSON.parse(whole);
  let best: string | undefined;
  let [low, high] = [keptLength, maxLength];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candidate = JSON.stringify(plain, (_key, leaf: unknown) =>
      typeof leaf === "string" ? cut(leaf, middle) : leaf,
    );
    if (candidate.length <= maxLength) {
      best = candidate;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

/** Never between the halves of a surrogate pair. */
function cut(leaf: string, length: number): string {
  if (leaf.length <= length) return leaf;
  const last = leaf.charCodeAt(length - 2);
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff;
  return `${leaf.slice(0, isHighSurrogate ? length - 2 : length - 1)}\u2026`;
}
