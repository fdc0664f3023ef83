import { z } from "zod";

/**
 * A quick look at whether a value is as a schema says. `true` is as good as zod's own word; `false` is not: zod is asked
 * then, and says what is wrong.
 */
export type Accepts = (value: unknown) => boolean;

type Schema = z.core.$ZodTypes;
type Def = Schema["_zod"]["def"];

const compiled = new WeakMap<z.core.$ZodType, Accepts>();

/**
 * The schema as a function that only looks: zod makes a copy of what it parses and collects what is wrong with it, and a
 * record that is as documented needs neither. Made of the schema itself, once; what is not known here is left to zod.
 */
export function acceptsOf(schema: z.core.$ZodType): Accepts {
  let accepts = compiled.get(schema);
  if (accepts === undefined) {
    accepts = compile(schema as Schema); // every schema is one of them
    compiled.set(schema, accepts);
  }
  return accepts;
}

function compile(schema: Schema): Accepts {
  const { def } = schema._zod;
  const checks = (def.checks ?? []).filter((check) => check !== (schema as unknown)).map(compileCheck);
  const type = def.type === "lazy" ? compileLazy(schema as z.core.$ZodLazy) : compileType(def);
  if (type === undefined || checks.includes(undefined)) return (value) => z.safeParse(schema, value).success;
  return checks.reduce<Accepts>((all, check) => (value) => all(value) && (check?.(value) ?? true), type);
}

function compileType(def: Def): Accepts | undefined {
  switch (def.type) {
    case "string":
      return both(isText, "check" in def ? compileCheckDef(def) : accept);
    case "number":
      return both(isNumber, "check" in def ? compileCheckDef(def) : accept);
    case "boolean":
      return (value) => typeof value === "boolean";
    case "null":
      return (value) => value === null;
    case "unknown":
      return accept;
    case "literal":
      return oneOf(def.values);
    case "enum":
      return oneOf(Object.values(def.entries));
    case "custom":
      return (value) => Boolean(def.fn?.(value));
    case "nullable": {
      const inner = acceptsOf(def.innerType);
      return (value) => value === null || isFit(inner, value);
    }
    // What is left out is a matter of the object; a field that is there must be of the inner type.
    case "optional":
      return acceptsOf(def.innerType);
    case "array": {
      const element = acceptsOf(def.element);
      return (value) => Array.isArray(value) && isListOf(value, element);
    }
    case "record":
      return compileRecord(def);
    case "union":
      return compileUnion(def);
    case "object":
      return compileObject(def);
    default:
      return undefined;
  }
}

/** An array may have holes, which `every` passes over. */
function isListOf(list: readonly unknown[], element: Accepts): boolean {
  for (let index = 0; index < list.length; index++) if (!isFit(element, list[index])) return false;
  return true;
}

/** Most values are plain text, for which no function need be called. */
function isFit(accepts: Accepts, value: unknown): boolean {
  return accepts === isText ? typeof value === "string" : accepts(value);
}

/** Its getter may make a new schema each time; zod keeps the first one. */
function compileLazy(schema: z.core.$ZodLazy): Accepts {
  let accepts: Accepts | undefined;
  return (value) => {
    accepts ??= acceptsOf(schema._zod.innerType);
    return accepts(value);
  };
}

const accept: Accepts = () => true;
const isText: Accepts = (value) => typeof value === "string";
const isNumber: Accepts = (value) => Number.isFinite(value);
const isInteger: Accepts = (value) => Number.isSafeInteger(value);

function both(first: Accepts, second: Accepts | undefined): Accepts | undefined {
  if (second === undefined || second === accept) return second && first;
  if (second === isInteger) return isInteger; // which is a number in any case
  return (value) => first(value) && second(value);
}

function oneOf(values: readonly unknown[]): Accepts {
  const [only] = values;
  if (values.length === 1 && typeof only === "string") return (value) => value === only;
  const all = new Set(values);
  return (value) => all.has(value);
}

function compileCheck(check: z.core.$ZodCheck<never>): Accepts | undefined {
  return compileCheckDef(check._zod.def);
}

const FORMATS: ReadonlySet<unknown> = new Set(["regex", "datetime", "uuid", "guid"]);

function compileCheckDef(given: object): Accepts | undefined {
  // Every check is one of zod's own; the fields that are read are those that it documents for each.
  const def = given as { readonly [Key in "check" | "format" | "pattern" | "fn" | "minimum" | "value"]?: unknown };
  const { check, format, pattern, fn, minimum, value: least } = def;
  if (
    check === "string_format" &&
    FORMATS.has(format) &&
    pattern instanceof RegExp &&
    !pattern.global &&
    !pattern.sticky
  ) {
    return rememberingTwo((value) => pattern.test(value as string)); // looked at before
  }
  if (check === "number_format" && format === "safeint") return isInteger;
  if (check === "greater_than" && "inclusive" in def && def.inclusive === true && typeof least === "number") {
    return (value) => (value as number) >= least; // looked at before
  }
  // Twice as many units are as many characters in any case.
  if (check === "min_length" && typeof minimum === "number") {
    return (value) => {
      const { length } = value as string | readonly unknown[]; // looked at before
      return length >= (typeof value === "string" && minimum > 1 ? minimum * 2 : minimum);
    };
  }
  return check === "custom" && typeof fn === "function" ? (value) => Boolean(fn(value)) : undefined;
}

/** Ids of a project or a trace are the same in one record after the other, and that of a span stands between them. */
function rememberingTwo(accepts: Accepts): Accepts {
  let last: unknown = Number.NaN;
  let other: unknown = Number.NaN;
  return (value) => {
    if (value === last || value === other) return true;
    if (!accepts(value)) return false;
    other = last;
    last = value;
    return true;
  };
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function compileRecord({ keyType, valueType }: z.core.$ZodRecordDef): Accepts | undefined {
  const { def } = (keyType as Schema)._zod;
  if (def.type !== "string" || "check" in def || (def.checks ?? []).length > 0) return undefined;
  const accepts = acceptsOf(valueType);
  return (value) => {
    if (!isPlain(value)) return false;
    for (const key in value) if (!isFit(accepts, value[key])) return false;
    return true;
  };
}

function compileUnion(def: z.core.$ZodUnionDef): Accepts {
  if (!("discriminator" in def) || typeof def.discriminator !== "string") {
    const options = def.options.map(acceptsOf);
    return (value) => {
      for (const accepts of options) if (isFit(accepts, value)) return true;
      return false;
    };
  }
  const { discriminator } = def;
  const byValue = new Map<unknown, Accepts>();
  for (const option of def.options) {
    for (const value of option._zod.propValues?.[discriminator] ?? []) byValue.set(value, acceptsOf(option));
  }
  return (value) => isPlain(value) && (byValue.get(value[discriminator])?.(value) ?? false);
}

interface Field {
  readonly name: string;
  readonly accepts: Accepts;
  readonly isRequired: boolean;
}

/**
 * Goes by the fields that a value has: records leave out most of those that a schema knows. Their order is mostly that
 * of the value before, so that a field is first looked for where it was then.
 */
function compileObject({ shape, catchall }: z.core.$ZodObjectDef): Accepts {
  const fields = new Map<string, Field>(
    Object.entries(shape).map(([name, schema]) => [
      name,
      { name, accepts: acceptsOf(schema), isRequired: schema._zod.optin === undefined },
    ]),
  );
  const required = [...fields.values()].filter(({ isRequired }) => isRequired).length;
  const others =
    catchall === undefined ? accept : (catchall as Schema)._zod.def.type === "never" ? undefined : acceptsOf(catchall);
  const before = [...fields.values()];
  return (value) => {
    if (!isPlain(value)) return false;
    let found = 0;
    let place = 0;
    // Without a list of the names. Inherited ones, which a plain object has none of, are others at worst.
    for (const name in value) {
      let field = before[place];
      if (field === undefined || field.name !== name) {
        field = fields.get(name);
        if (field === undefined) {
          if (others === undefined || name === "__proto__" || !others(value[name])) return false;
          continue;
        }
        if (place < before.length) before[place] = field;
      }
      place++;
      if (!isFit(field.accepts, value[name])) return false;
      if (field.isRequired) found++;
    }
    return found === required;
  };
}
