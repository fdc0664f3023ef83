import { diag } from "@opentelemetry/api";

const MAX_KINDS = 20;
const told: WeakMap<object, Set<string>> = new WeakMap();

/** Warns through `diag` once for each kind of trouble of `owner`. */
export function warnOnce(owner: object, kind: string, message: string): void {
  const kinds = told.get(owner) ?? new Set();
  told.set(owner, kinds);
  if (kinds.size >= MAX_KINDS || kinds.has(kind)) return;
  kinds.add(kind);
  diag.warn(`genspan: ${message}. More of the same is not told again: see status().`);
}

/** For the entrance of a turn of the event loop: an exception out of it would end the application. */
export function safely(owner: object, run: () => void): void {
  try {
    run();
  } catch (error) {
    warnOnce(owner, "defect", `a defect of the exporter, please report it: ${messageOf(error)}`);
  }
}

/** What an error says of itself; never throws. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "an error that cannot be read";
  }
}

/** The kind of an error, where its message may quote what must not be told. */
export function nameOf(error: unknown): string {
  try {
    return error instanceof Error ? error.name : typeof error;
  } catch {
    return "error";
  }
}
