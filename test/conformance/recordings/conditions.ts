import type { Json } from "./response-objects.ts";

/** A field of the request, several of which one will do, or whether the condition holds. */
type Condition = string | readonly string[] | boolean;

/** The attributes whose condition holds for a request with these fields. A field of `null` asks for nothing. */
export function attributesOf(fields: Json, conditions: Readonly<Record<string, Condition>>): ReadonlySet<string> {
  const holds = (condition: Condition): boolean => {
    if (typeof condition === "boolean") return condition;
    return [condition].flat().some((name) => fields[name] !== undefined && fields[name] !== null);
  };
  return new Set(Object.keys(conditions).filter((name) => holds(conditions[name] ?? false)));
}
