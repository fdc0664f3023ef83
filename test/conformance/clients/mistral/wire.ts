/** Recorded requests as the client writes them. */
import { isObject } from "../../recordings/response-objects.ts";

/** Fields whose contents are the application's own. */
const OWN = new Set(["parameters", "arguments", "metadata", "schema"]);
/** Where the client has another name than the API's in camel case. */
const RENAMED: Readonly<Record<string, string>> = { input: "inputs", schema: "schemaDefinition" };

export function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (!isObject(value)) return value;
  const renamed = Object.entries(value).map(([name, inner]) => {
    const camel = RENAMED[name] ?? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [camel, OWN.has(name) ? inner : camelCased(inner)] as const;
  });
  return Object.fromEntries(renamed);
}
