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
  if (baseUrl instanceof URL) baseUrlByKey.set(hooks, baseUrl.href);
  return hooks;
}

/** Of a client, or of what stands for one. */
export function baseUrlOf(client: object): string | undefined {
  return baseUrlByKey.get(("_options" in client ? clientKey(client) : client) ?? client);
}

/**
 * Getters of the client make and keep the resources: they are asked on a stand-in, so that the application's client has
 * no new field.
 */
export function resourceOf(root: object, name: string): unknown {
  const property = name.charAt(0).toLowerCase() + name.slice(1);
  const holder: unknown = typeof root === "function" ? root.prototype : root;
  return isClient(holder) ? Reflect.get(Object.create(holder) as object, property) : undefined;
}

/** Also of a prototype: nothing is asked of the getters. */
export function isClient(value: unknown): value is object {
  return isObject(value) && ["chat", "fim", "classifiers", "_createRequest"].every((name) => name in value);
}

/** `speakeasy-sdk/typescript 2.7.0 2.884.13 1.0.0 @mistralai/mistralai` is in every request that a resource makes. */
export function versionOf(clientClass: object): string | undefined {
  const chat = resourceOf(clientClass, "Chat");
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
