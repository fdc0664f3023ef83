/** How clients of the library and their parts belong together. */

import { isObject, isRecord, record, text, type UnknownRecord } from "../engine/read.ts";

const optionsByKey = new WeakMap<object, UnknownRecord>();
const versionByClass = new WeakMap<object, string>();

/**
 * What stands for a client. `CohereClient`, the version-2 client that it makes (`client.v2`) and those within a
 * `CohereClientV2` do not know each other, but share the object that authenticates their requests; where 7 made one for
 * each, that of the version-2 client counts, to which `CohereClientV2` binds all of its methods.
 */
export function clientKey(resource: unknown): object | undefined {
  if (!isObject(resource)) return undefined;
  const inner: unknown = Reflect.get(resource, "clientV2");
  const options = record(Reflect.get(isObject(inner) ? inner : resource, "_options"));
  const { authProvider } = options;
  const key = isObject(authProvider) ? authProvider : resource;
  optionsByKey.set(key, options);
  return key;
}

export function clientKeys(client: object): readonly unknown[] {
  return [clientKey(client), clientKey(Reflect.get(client, "client"))];
}

/** Options of a client, or of the one that this object stands for. */
export function optionsOf(client: object): UnknownRecord {
  const key = "_options" in client ? clientKey(client) : client;
  return optionsByKey.get(key ?? client) ?? {};
}

/** The objects whose prototypes have the methods: `V1` and `V2`. */
export function resourceOf(root: object, name: string): unknown {
  const holder: unknown = typeof root === "function" ? root.prototype : root;
  if (!isObject(holder)) return undefined;
  const inner: unknown = Reflect.get(holder, name === "V1" ? "client" : "clientV2");
  const found = isObject(inner) ? inner : name === "V1" ? versionOneOf(holder) : versionTwoOf(holder);
  const version = isObject(found) ? sdkVersion(found) : undefined;
  if (version !== undefined) versionByClass.set(typeof root === "function" ? root : root.constructor, version);
  return found;
}

export function versionOf(clientClass: object): string | undefined {
  return versionByClass.get(clientClass);
}

function versionOneOf(holder: object): object | undefined {
  return "generateStream" in holder && "v2" in holder ? holder : undefined;
}

/** `v2` is a getter that makes and keeps a client: it is asked on a stand-in, so that the application's has no new field. */
function versionTwoOf(holder: object): unknown {
  if (versionOneOf(holder) === undefined) return undefined;
  return Reflect.get(Object.create(holder) as object, "v2");
}

/** Sent with every request. */
function sdkVersion(client: object): string | undefined {
  const { headers } = record(Reflect.get(client, "_options"));
  return isRecord(headers) ? text(headers["x-fern-sdk-version"] ?? headers["X-Fern-SDK-Version"]) : undefined;
}

/** Also of a prototype. `CohereClientV2` makes its methods in the constructor: its class is known by its name. */
export function isClient(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (versionOneOf(value) !== undefined) return true;
  return ("clientV2" in value && "chatStream" in value) || value.constructor?.name === "CohereClientV2";
}
