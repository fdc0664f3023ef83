import { readFileSync } from "node:fs";
import { optionsFromEnvironment, type Vendor, type VendorFormat } from "@genspan/mapping";
import { jsonProblem } from "./json-problem.ts";
import { UsageError } from "./usage-error.ts";

type Options = Readonly<Record<string, unknown>>;

/**
 * Puts options from the environment and from a file in place; the file wins.
 * @throws {UsageError} when the file cannot be read or is not an object.
 * @throws VendorOptionsError when a vendor refuses its options.
 */
export function configureVendors(
  chosen: readonly Vendor[],
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): readonly VendorFormat[] {
  const given = file === undefined ? {} : readObject(file);
  return chosen.map((vendor) => {
    const own = optionsOf(vendor, given, chosen.length > 1);
    return vendor.configure({ ...optionsFromEnvironment(vendor, environment), ...own });
  });
}

function optionsOf(vendor: Vendor, given: Options, several: boolean): Options {
  const keys = [vendor.name, ...(vendor.aliases ?? [])];
  const key = keys.find((candidate) => isObject(given[candidate]));
  if (key !== undefined) return given[key] as Options; // `isObject` has just said so
  return several ? {} : given;
}

function readObject(file: string): Options {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`cannot read options from ${file}: ${jsonProblem(error)}`);
  }
  if (!isObject(value)) throw new UsageError(`options in ${file} must be one JSON object`);
  return value;
}

function isObject(value: unknown): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
