import type { ClientAdapter } from "../adapter.ts";
import { isObject } from "./read.ts";

/** Classes by name: the exports of a module, or what an entry file handed over. */
export type Namespace = Readonly<Record<string, unknown>>;

/**
 * What methods are found from: a client, a client class, or a namespace of classes.
 */
export interface Root {
  readonly kind: "client" | "class" | "namespace";
  readonly value: object;
}

/** The object that has the method, from a path such as `Chat.Completions.create`; undefined where there is none. */
export function findOwner(adapter: ClientAdapter, root: Root, path: string, isInherited: boolean): object | undefined {
  const names = path.split(".");
  const method = names.pop() ?? "";
  const start = names.length > 0 ? findResource(adapter, root, names) : rootOf(adapter, root);
  const owner = ownerOf(typeof start === "function" ? start.prototype : start, method, isInherited);
  return owner === Object.prototype || owner === Function.prototype ? undefined : owner;
}

/** The class or the client itself. */
function rootOf(adapter: ClientAdapter, { kind, value }: Root): unknown {
  return kind === "namespace" ? clientClassesIn(adapter, value)[0] : value;
}

function findResource(adapter: ClientAdapter, root: Root, names: readonly string[]): unknown {
  const own: unknown = adapter.resource?.(root.value, names.join("."));
  if (isObject(own) || own === null) return own;
  const found = descend(root.value, names, root.kind === "client");
  if (isObject(found) || root.kind !== "namespace") return found;
  // The statics of a client class that was handed over.
  for (const clientClass of clientClassesIn(adapter, root.value)) {
    const resource: unknown = adapter.resource?.(clientClass, names.join(".")) ?? descend(clientClass, names, false);
    if (isObject(resource)) return resource;
  }
  return undefined;
}

/** By statics and exports, which are named like the path; on a client by properties, which begin in lower case. */
function descend(from: object, names: readonly string[], isClient: boolean): unknown {
  let current: unknown = from;
  for (const name of names) {
    if (!isObject(current)) return undefined;
    const property = isClient ? name.charAt(0).toLowerCase() + name.slice(1) : name;
    current = (current as Namespace)[property];
  }
  return current;
}

/** With `isInherited`, the object below the one that has the method: it gets a method of its own. */
function ownerOf(start: unknown, method: string, isInherited: boolean): object | undefined {
  let below: object | undefined;
  let owner: unknown = start;
  while (isObject(owner) && !Object.hasOwn(owner, method)) {
    below = owner;
    owner = Object.getPrototypeOf(owner);
  }
  if (!isObject(owner)) return undefined;
  return isInherited && below !== undefined ? below : owner;
}

/** The client classes among the values of a namespace. */
export function clientClassesIn(adapter: ClientAdapter, namespace: object): readonly object[] {
  const { default: byDefault } = namespace as Namespace;
  const named = adapter.clientClasses.map((name) => (namespace as Namespace)[name]);
  return [...new Set([...named, byDefault])].filter((value) => isClientClass(adapter, value));
}

export function isClientClass(adapter: ClientAdapter, value: unknown): value is object {
  return typeof value === "function" && adapter.isClient(value.prototype);
}
