/** How clients of the library and their parts belong together. */

import { isObject, isRecord, type UnknownRecord } from "../engine/read.ts";

const baseUrlByKey = new WeakMap<object, string>();

/**
 * What stands for a client. `client.chat` and the other resources are made from the client's options and do not know the
 * client; they share its hooks.
 */
export function clientKey(resource: object): object | undefined {
  const { _options: options, _baseURL: baseUrl } = resource as Members;
  const hooks = isRecord(options) ? options["hooks"] : undefined;
  if (!isObject(hooks)) return undefined;
  // A `URL`, maybe of another realm.
  if (isObject(baseUrl)) baseUrlByKey.set(hooks, String(baseUrl));
  return hooks;
}

/** Of a client, or of what stands for one. */
export function baseUrlOf(client: object): string | undefined {
  return baseUrlByKey.get(("_options" in client ? clientKey(client) : client) ?? client);
}

/** By the class of the client, then by name. */
const resourcesByClass = new WeakMap<object, Map<string, object>>();

/** The object that has the methods, looked for once for each class of clients; null where this version has none. */
export function resourceOf(root: object, name: string): object | null | undefined {
  const clientClass = typeof root === "function" ? root : root.constructor;
  const known = resourcesByClass.get(clientClass) ?? new Map<string, object>();
  resourcesByClass.set(clientClass, known);
  const resource = known.get(name) ?? prototypeOf(resourceMade(root, name));
  if (resource !== undefined) known.set(name, resource);
  return resource ?? (isClient(root) ? null : undefined);
}

/**
 * Getters of the client make and keep the resources: they are asked on a stand-in, so that the application's client has
 * no new field. `Beta.Conversations` is `client.beta.conversations`.
 */
function resourceMade(root: object, name: string): unknown {
  const holder: unknown = typeof root === "function" ? root.prototype : root;
  if (!isClient(holder)) return undefined;
  let made: unknown = Object.create(holder);
  for (const part of name.toLowerCase().split(".")) made = isObject(made) ? Reflect.get(made, part) : undefined;
  return made;
}

/** The resource itself would keep its client's options. */
function prototypeOf(resource: unknown): object | undefined {
  const prototype: unknown = isObject(resource) ? Object.getPrototypeOf(resource) : undefined;
  return isObject(prototype) ? prototype : undefined;
}

/** Also of a prototype: nothing is asked of the getters. */
export function isClient(value: unknown): value is object {
  return isObject(value) && ["chat", "fim", "classifiers", "_createRequest"].every((name) => name in value);
}

/** `speakeasy-sdk/typescript 2.7.0 2.884.13 1.0.0 @mistralai/mistralai` is in every request that a resource makes. */
export function versionOf(clientClass: object): string | undefined {
  const chat = resourceMade(clientClass, "Chat");
  if (!isObject(chat)) return undefined;
  const { _createRequest: create } = chat as Members;
  if (typeof create !== "function") return undefined;
  const made: unknown = Reflect.apply(create, chat, [{}, { method: "GET" }]);
  const request = isRecord(made) ? made["value"] : undefined;
  const agent = request instanceof Request ? request.headers.get("user-agent") : null;
  return /typescript (\d+\.\d+\.\d+\S*)/.exec(agent ?? "")?.[1];
}

/** Properties of an object of the client library, any of which may be absent in another version. */
type Members = UnknownRecord;
