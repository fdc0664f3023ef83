import type { ClientAdapter } from "../adapter.ts";
import type { ReachedBy } from "../status-types.ts";
import { type AnyFunction, likeOriginal } from "./like-original.ts";
import type { CopyRecord, ModuleRecord } from "./module-record.ts";
import { patchMethod } from "./patch.ts";
import { isObject } from "./read.ts";
import { state } from "./state.ts";
import { isVersionIn } from "./version.ts";

export interface InstallSource {
  readonly reachedBy: ReachedBy;
  readonly file?: string | undefined;
  readonly version?: string | undefined;
}

/** Patches every method of the adapter that can be found from a client class or a client. Idempotent. */
export function install(adapter: ClientAdapter, root: object, source: InstallSource): void {
  const record = moduleRecord(adapter);
  const found = Object.entries(adapter.methods).map(([path, method]) => ({
    path,
    method,
    owner: findOwner(root, path),
  }));
  const copy = copyRecord(record, found.find(({ owner }) => owner !== undefined)?.owner ?? root);
  copy.reachedBy.add(source.reachedBy);
  copy.file ??= source.file;
  copy.version ??= source.version ?? adapter.version(classOf(root));
  copy.supported =
    copy.version !== undefined && adapter.supportedVersions.some((range) => isVersionIn(copy.version, range));
  for (const { path, method, owner } of found) {
    if (copy.patched.includes(path) || copy.missing.some((missing) => missing.method === path)) continue;
    if (owner === undefined && method.isOptional === true) continue;
    const name = path.slice(path.lastIndexOf(".") + 1);
    const reason = owner === undefined ? "not in this version" : patchMethod(owner, name, adapter, method, record);
    if (reason === undefined) copy.patched.push(path);
    else copy.missing.push({ method: path, reason });
  }
  patchWithOptions(classOf(root));
}

export function moduleRecord(adapter: ClientAdapter): ModuleRecord {
  let record = state.modules.get(adapter.module);
  if (record === undefined) {
    record = {
      module: adapter.module,
      supportedVersions: adapter.supportedVersions.map(({ from, to }) => `${from} - ${to}`),
      copies: [],
      callsSeen: 0,
      spansEnded: 0,
      abandoned: 0,
      notRecorded: 0,
    };
    state.modules.set(adapter.module, record);
  }
  return record;
}

/** A copy of a library is told from another by the prototype that it puts its methods on. */
function copyRecord(record: ModuleRecord, identity: object): CopyRecord {
  const known = state.copies.get(identity);
  if (known !== undefined) return known;
  const copy: CopyRecord = {
    version: undefined,
    supported: false,
    reachedBy: new Set(),
    file: undefined,
    patched: [],
    missing: [],
  };
  state.copies.set(identity, copy);
  record.copies.push(copy);
  return copy;
}

/**
 * The object that owns the method, from `Chat.Completions.create`: on a class by its statics, on a client by its
 * properties, which have the same names in lower case.
 */
function findOwner(root: object, path: string): object | undefined {
  const names = path.split(".");
  const method = names.pop() ?? "";
  let current: unknown = root;
  for (const name of names) {
    if (!isObject(current)) return undefined;
    const property = typeof root === "function" ? name : name.charAt(0).toLowerCase() + name.slice(1);
    current = (current as Readonly<Record<string, unknown>>)[property];
  }
  let owner: unknown = typeof root === "function" && typeof current === "function" ? current.prototype : current;
  while (isObject(owner) && !Object.hasOwn(owner, method)) owner = Object.getPrototypeOf(owner);
  return isObject(owner) && owner !== Object.prototype ? owner : undefined;
}

function classOf(root: object): AnyFunction {
  return (typeof root === "function" ? root : root.constructor) as AnyFunction;
}

/** A client derived with `withOptions()` is traced like the one it comes from. */
function patchWithOptions(clientClass: AnyFunction): void {
  let owner: unknown = clientClass.prototype;
  for (; isObject(owner) && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, "withOptions");
    if (descriptor === undefined || typeof descriptor.value !== "function" || descriptor.writable !== true) continue;
    const original: AnyFunction = descriptor.value;
    if (state.patched.has(original)) continue;
    const { withOptions } = {
      withOptions(this: object, ...args: never[]): unknown {
        const derived: unknown = Reflect.apply(original, this, args);
        const tracing = state.clients.get(this);
        if (tracing !== undefined && isObject(derived)) state.clients.set(derived, tracing);
        return derived;
      },
    };
    Object.defineProperty(owner, "withOptions", { ...descriptor, value: likeOriginal(withOptions, original) });
    state.patched.add(withOptions);
  }
}
