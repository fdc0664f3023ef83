import type { SupportedVersion } from "../adapter.ts";

/** `to` is inclusive and may be shorter: every 7.x is in `{ from: "4.104.0", to: "7" }`. Pre-releases count as their release. */
export function isVersionIn(version: string | undefined, range: SupportedVersion): boolean {
  if (version === undefined) return false;
  return compare(version, range.from) >= 0 && compare(version, range.to) <= 0;
}

/** Compares as many numbers as `bound` has. */
function compare(version: string, bound: string): number {
  const numbers = version.split(/[.-]/).map(Number);
  for (const [index, limit] of bound.split(".").map(Number).entries()) {
    const difference = (numbers[index] ?? 0) - limit;
    if (difference !== 0) return difference;
  }
  return 0;
}
