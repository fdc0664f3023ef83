/** Says of a value everything an application can tell: classes, tags, own keys, hidden fields, contents. JSON-safe. */

export type Description = string | number | boolean | null | readonly Description[] | { [key: string]: Description };

/** Class names from the value's own class up to, but without, `Object`. */
function classesOf(value: object): string {
  const names: string[] = [];
  for (
    let prototype: unknown = Object.getPrototypeOf(value);
    typeof prototype === "object" && prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    names.push(Object.hasOwn(prototype, "constructor") ? prototype.constructor.name : "?");
  }
  return names.join(" < ");
}

function keyOf(value: object, key: string | symbol): string {
  const descriptor = Object.getOwnPropertyDescriptor(value, key);
  const flags = [
    descriptor?.enumerable ? "" : "hidden",
    descriptor && "value" in descriptor ? (descriptor.writable ? "" : "readonly") : "accessor",
    descriptor?.configurable ? "" : "fixed",
  ].filter(Boolean);
  return [String(key), ...flags].join(" ");
}

const isPlain = (value: object): boolean =>
  Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);

/** Class, tag and own keys in their order, but not what the keys hold: for promises, streams, clients. */
export function shape(value: unknown): Description {
  if (typeof value === "function") return `function ${value.name}/${value.length}`;
  if (typeof value !== "object" || value === null) return describe(value);
  return {
    classes: classesOf(value),
    tag: Object.prototype.toString.call(value),
    keys: Reflect.ownKeys(value).map((key) => keyOf(value, key)),
    enumerable: Object.keys(value),
  };
}

/** The whole value. Of objects with a class of their own only the shape is taken. */
export function describe(value: unknown): Description {
  if (value === undefined) return "undefined";
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  if (typeof value === "function") return shape(value);
  if (typeof value !== "object" || value === null) return value as Description; // string, number, boolean, null
  if (value instanceof Uint8Array) return { ...(shape(value.subarray(0, 0)) as object), bytes: [...value].join() };
  if (!isPlain(value)) return shape(value);
  const keys = Reflect.ownKeys(value).filter((key) => !(Array.isArray(value) && key === "length"));
  return Object.fromEntries([
    ["[[class]]", Object.prototype.toString.call(value)],
    ...keys.map((key) => [keyOf(value, key), describe(Reflect.get(value, key))]),
  ]);
}

/** Classes of the platform, whose fields are not the answer. */
const PLATFORM =
  /^(Response|Request|Headers|ReadableStream|AbortController|AbortSignal|Socket|Promise)\b|AsyncGenerator/;

/** The whole value, also of objects with a class of their own: what a client library answers with. */
export function describeDeep(value: unknown, depth = 12, seen: ReadonlySet<unknown> = new Set()): Description {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return describe(value);
  if (seen.has(value) || depth === 0) return "[seen]";
  const classes = isPlain(value) ? "" : classesOf(value);
  if (PLATFORM.test(classes)) return shape(value);
  const inner = new Set([...seen, value]);
  const keys = Reflect.ownKeys(value).filter((key) => !(Array.isArray(value) && key === "length"));
  return Object.fromEntries([
    ["[[class]]", classes || Object.prototype.toString.call(value)],
    ...keys.map((key) => [keyOf(value, key), describeDeep(Reflect.get(value, key), depth - 1, inner)]),
  ]);
}

/** What `catch` receives. */
export function describeError(error: unknown): Description {
  if (!(error instanceof Error)) return { thrown: describe(error) };
  const field = (name: string): Description => describe(Reflect.get(error, name));
  return {
    classes: classesOf(error),
    message: error.message,
    keys: Reflect.ownKeys(error).map((key) => keyOf(error, key)),
    name: error.name,
    status: [field("status"), field("statusCode")],
    code: field("code"),
    type: field("type"),
    requestId: [field("request_id"), field("requestID")],
    error: field("error"),
    body: field("body"),
    metadata: describeDeep(Reflect.get(error, "$metadata")),
    cause: error.cause === undefined ? "undefined" : shape(error.cause),
  };
}

/** Status, headers that the server chose, and whether the body was read. */
export function describeResponse(response: Response): Description {
  const headers = ["content-type", "x-request-id"].map((name) => `${name}: ${response.headers.get(name)}`);
  return { shape: shape(response), status: response.status, bodyUsed: response.bodyUsed, headers };
}
