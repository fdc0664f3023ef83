import { findVendor } from "@genspan/mapping";
import type { IntakeRecord, IntakeRequest, Reading } from "./intake.ts";
import { isObject, type JsonObject, malformedTexts, parseJson } from "./json.ts";

/** @returns what finds out what is wrong with a record of that vendor, by its schema and as JSON. */
export function recordCheck(vendor: string, options: object = {}): (record: JsonObject) => readonly string[] {
  const format = findVendor(vendor)?.configure(options);
  return (record) => {
    const { schema } = (format?.companion?.recognises(record) ? format.companion : format) ?? {};
    const issues = schema?.safeParse(record).error?.issues ?? [];
    return [...issues.map(({ path, message }) => `${path.join(".")}: ${message}`), ...malformedTexts(record)];
  };
}

/** Text as UTF-8; undefined where it is none. */
export function textOf(body: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** A body that is one record. */
export function readOne(request: IntakeRequest, toRecord: (value: JsonObject) => IntakeRecord): Reading {
  const value = parseJson(textOf(request.body) ?? "");
  if (!isObject(value)) return { status: "malformed", reason: "the body is no JSON object" };
  return { status: "read", records: [toRecord(value)] };
}

/** A body that is an array of records. */
export function readMany(request: IntakeRequest, toRecord: (value: JsonObject) => IntakeRecord): Reading {
  const value = parseJson(textOf(request.body) ?? "");
  if (!Array.isArray(value) || value.length === 0) {
    return { status: "malformed", reason: "the body is no JSON array, or an empty one" };
  }
  const records = value.map((one: unknown) =>
    isObject(one) ? toRecord(one) : { id: "", record: {}, problems: ["is no JSON object"] },
  );
  return { status: "read", records };
}

/** @returns what is wrong with `Authorization: Bearer`. */
export function refusesBearer(authorization: string | undefined, key: string | undefined): string | undefined {
  const [, given] = /^Bearer (\S+)$/.exec(authorization ?? "") ?? [];
  if (given === undefined) return "header `Authorization: Bearer <key>` is missing";
  return key === undefined || given === key ? undefined : "the key is not the right one";
}
