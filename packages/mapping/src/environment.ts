import type { Vendor } from "./vendor.ts";

/**
 * Options of a vendor that environment variables give: for each option the first of its variables that is set.
 * Pure: the caller passes the environment in. Values stay text; the vendor's schema has the last word.
 */
export function optionsFromEnvironment(
  vendor: Pick<Vendor, "environment">,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  for (const [option, variables] of Object.entries(vendor.environment)) {
    const value = variables.map((variable) => environment[variable]).find((candidate) => candidate);
    if (value !== undefined) options[option] = value;
  }
  return options;
}
