export type AnyFunction = (...args: never[]) => unknown;

/** Gives a function the name, the length and the source text of another. */
export function likeOriginal<F extends AnyFunction>(patched: F, original: AnyFunction): F {
  for (const key of ["name", "length"]) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor !== undefined) Object.defineProperty(patched, key, descriptor);
  }
  const { toString: sourceText } = { toString: (): string => Function.prototype.toString.call(original) };
  Object.defineProperty(patched, "toString", {
    value: sourceText,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  return patched;
}
