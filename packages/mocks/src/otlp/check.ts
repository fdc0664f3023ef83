import type { ProtobufField, ProtobufMessage, ProtobufScalar } from "@genspan/mapping";

const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n } as const;
const UINT64 = { least: 0n, most: 2n ** 64n - 1n } as const;
const UINT32_MOST = 2 ** 32 - 1;
/** Lengths of the ids that may not be empty; a parent's is empty for a root. */
const ID_DIGITS: Readonly<Record<string, number>> = { traceId: 32, spanId: 16, parentSpanId: 16 };

/**
 * What a strict reader of OTLP/JSON would refuse, as "place: reason". Unknown fields are allowed (OTLP specification,
 * "JSON Protobuf Encoding"); ids are hex; 64-bit integers are decimal text or numbers that are exact.
 */
export function faultsOf(value: unknown, message: ProtobufMessage, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path || "the body"}: no object`];
  const faults: string[] = [];
  for (const field of Object.values(message)) {
    const inner: unknown = Reflect.get(value, field.name);
    if (inner === undefined || inner === null) continue;
    checkField(inner, field, path === "" ? field.name : `${path}.${field.name}`, faults);
  }
  return faults;
}

function checkField(value: unknown, field: ProtobufField, path: string, faults: string[]): void {
  if (!field.repeated) {
    checkOne(value, field, path, faults);
    return;
  }
  if (!Array.isArray(value)) faults.push(`${path}: no array`);
  else for (const [index, one] of value.entries()) checkOne(one, field, `${path}.${index}`, faults);
}

function checkOne(value: unknown, { name, type }: ProtobufField, path: string, faults: string[]): void {
  if (typeof type === "function") {
    faults.push(...faultsOf(value, type(), path));
    if (name === "value" && typeof value === "object" && value !== null) checkAnyValue(value, path, faults);
  } else if (!isScalar(value, type)) {
    faults.push(`${path}: no ${type}: ${String(JSON.stringify(value)).slice(0, 60)}`);
  } else if (type === "hex" && value !== "" && String(value).length !== (ID_DIGITS[name] ?? 0)) {
    faults.push(`${path}: must be ${ID_DIGITS[name]} hex digits`);
  }
}

/** `doubleValue: null` is what `JSON.stringify` makes of NaN: the value is lost. */
function checkAnyValue(value: object, path: string, faults: string[]): void {
  for (const [kind, inner] of Object.entries(value)) if (inner === null) faults.push(`${path}.${kind}: null`);
}

function isScalar(value: unknown, type: ProtobufScalar): boolean {
  switch (type) {
    case "string":
      return typeof value === "string" && value.isWellFormed();
    case "bool":
      return typeof value === "boolean";
    case "double":
      return typeof value === "number" || ["NaN", "Infinity", "-Infinity"].includes(String(value));
    case "int64":
      return isInteger(value, INT64);
    case "fixed64":
      return isInteger(value, UINT64);
    case "uint32":
    case "fixed32":
      return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= UINT32_MOST;
    case "enum":
      return typeof value === "number" && Number.isInteger(value);
    case "bytes":
      return typeof value === "string" && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value);
    case "hex":
      return typeof value === "string" && /^[0-9a-fA-F]*$/.test(value);
  }
}

function isInteger(value: unknown, { least, most }: { readonly least: bigint; readonly most: bigint }): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && BigInt(value) >= least;
  if (typeof value !== "string" || !/^-?\d{1,20}$/.test(value)) return false;
  return BigInt(value) >= least && BigInt(value) <= most;
}
