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
  if (!isPlain(value)) return shape(value);
  const keys = Reflect.ownKeys(value).filter((key) => !(Array.isArray(value) && key === "length"));
  return Object.fromEntries([
    ["[[class]]", Object.prototype.toString.call(value)],
    ...keys.map((key) => [keyOf(value, key), describe(Reflect.get(value, key))]),
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
    status: field("status"),
    code: field("code"),
    type: field("type"),
    requestId: [field("request_id"), field("requestID")],
    error: field("error"),
    cause: error.cause === undefined ? "undefined" : shape(error.cause),
  };
}

/** Status, headers that the server chose, and whether the body was read. */
export function describeResponse(response: Response): Description {
  const headers = ["content-type", "x-request-id"].map((name) => `${name}: ${response.headers.get(name)}`);
  return { shape: shape(response), status: response.status, bodyUsed: response.bodyUsed, headers };
}
