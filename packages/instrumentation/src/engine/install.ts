import type { ClientAdapter } from "../adapter.ts";
import type { ReachedBy } from "../status-types.ts";
import { copyRecord, moduleRecord } from "./copies.ts";
import { clientClassesIn, findOwner, type Root } from "./find.ts";
import { whenFirstPresent } from "./late.ts";
import { type AnyFunction, likeOriginal } from "./like-original.ts";
import type { CopyRecord } from "./module-record.ts";
import { patchMethod } from "./patch.ts";
import { isObject } from "./read.ts";
import { state } from "./state.ts";
import { isVersionIn } from "./version.ts";

export interface InstallSource {
  readonly reachedBy: ReachedBy;
  readonly file?: string | undefined;
  readonly version?: string | undefined;
}

/** Patches every method of the adapter that can be found from a client, a client class or a namespace. Idempotent. */
export function install(adapter: ClientAdapter, root: Root, source: InstallSource): void {
  const record = moduleRecord(adapter);
  const found = Object.entries(adapter.methods).map(([path, method]) => ({
    path,
    method,
    owner: findOwner(adapter, root, path, method.isInherited === true),
  }));
  const owners = found.flatMap(({ owner }) => owner ?? []);
  const classes = classesOf(adapter, root);
  const prototypes = classes.map(({ prototype }) => prototype as object);
  const copy = copyRecord(record, [...owners, ...prototypes], source.file);
  describeCopy(copy, adapter, classes, source);
  const isLate = watchLateProperties(adapter, root, classes, source);
  for (const { path, method, owner } of found) {
    if (copy.patched.includes(path)) continue;
    const name = path.slice(path.lastIndexOf(".") + 1);
    if (owner === undefined) {
      if (method.isOptional !== true) setMissing(copy, path, isLate ? "not reached yet" : "not in this version");
      continue;
    }
    const reason = patchMethod(owner, name, adapter, method, record);
    setMissing(copy, path, reason);
    if (reason === undefined) copy.patched.push(path);
  }
  for (const clientClass of classes) patchWithOptions(clientClass);
}

function setMissing(copy: CopyRecord, method: string, reason: string | undefined): void {
  const index = copy.missing.findIndex((missing) => missing.method === method);
  if (index >= 0) copy.missing.splice(index, 1);
  if (reason !== undefined) copy.missing.push({ method, reason });
}

function describeCopy(
  copy: CopyRecord,
  adapter: ClientAdapter,
  classes: readonly AnyFunction[],
  source: InstallSource,
): void {
  copy.reachedBy.add(source.reachedBy);
  copy.unreached = undefined;
  copy.file ??= source.file;
  copy.version ??= source.version;
  for (const clientClass of classes) copy.version ??= adapter.version?.(clientClass);
  copy.supported =
    copy.version !== undefined && adapter.supportedVersions.some((range) => isVersionIn(copy.version, range));
}

/** Whether methods may still turn up when the first client is made. */
function watchLateProperties(
  adapter: ClientAdapter,
  root: Root,
  classes: readonly AnyFunction[],
  source: InstallSource,
): boolean {
  if (root.kind === "client" || adapter.lateProperties === undefined) return false;
  for (const { prototype } of classes as readonly { readonly prototype: object }[]) {
    if (state.patched.has(prototype)) continue;
    state.patched.add(prototype);
    for (const property of adapter.lateProperties) {
      whenFirstPresent(prototype, property, (client) => install(adapter, { kind: "client", value: client }, source));
    }
  }
  return classes.length > 0;
}

function classesOf(adapter: ClientAdapter, { kind, value }: Root): readonly AnyFunction[] {
  const found = kind === "namespace" ? clientClassesIn(adapter, value) : [kind === "class" ? value : value.constructor];
  return found.filter((candidate): candidate is AnyFunction => typeof candidate === "function");
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
