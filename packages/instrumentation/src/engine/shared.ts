/**
 * What all copies of this package in one process share: an application may load the ES module and the CommonJS build
 * (`--import` and `require`).
 */
export function shared<T>(key: string, make: () => T): T {
  // Global properties by our own symbols are not in the type of `globalThis`.
  const holder = globalThis as { [symbol: symbol]: T | undefined };
  const symbol = Symbol.for(key);
  const known = holder[symbol] ?? make();
  holder[symbol] = known;
  return known;
}
