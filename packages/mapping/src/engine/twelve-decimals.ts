/** Below it, so many millionths of a millionth are a safe integer. */
const MAX_EXACT = 9000;

/** A price, or a sum of prices, without the long tail that binary fractions leave. */
export function twelveDecimals(value: number): number {
  if (Number.isInteger(value)) return value;
  return Math.abs(value) < MAX_EXACT ? Math.round(value * 1e12) / 1e12 : Number(value.toFixed(12));
}
