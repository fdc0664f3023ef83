import { findVendor, type Vendor, vendors } from "@genspan/mapping";
import { UsageError } from "./usage-error.ts";

/**
 * The vendors that a `--vendor` argument names.
 * @throws {UsageError} that lists the known names.
 */
export function chooseVendors(name: string): readonly Vendor[] {
  if (name === "all") return vendors;
  const vendor = findVendor(name);
  if (vendor !== undefined) return [vendor];
  throw new UsageError(
    `unknown vendor "${name}"; choose one of ${vendors.map((known) => known.name).join(", ")}, or all`,
  );
}
