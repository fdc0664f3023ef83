import { calcPrice } from "@genspan/mapping/prices";
import type { z } from "zod";
import { usePriceList } from "./engine/cost.ts";
import type { Vendor, VendorDefinition, VendorFormat } from "./vendor.ts";

/** An option of a vendor that is missing, unknown or of the wrong kind. The message says what to do. */
export class VendorOptionsError extends Error {
  override readonly name = "VendorOptionsError";
}

/** Checks options with the vendor's schema before they reach it. */
export function defineVendor<TRecord extends object, TOptions>(
  definition: VendorDefinition<TRecord, TOptions>,
): Vendor {
  const { optionsSchema, format, ...rest } = definition;
  usePriceList(calcPrice);
  return {
    ...rest,
    optionNames: "shape" in optionsSchema ? Object.keys(optionsSchema.shape as object) : [],
    configure(options = {}) {
      const parsed = optionsSchema.safeParse(options);
      if (!parsed.success) throw new VendorOptionsError(explain(definition.name, parsed.error));
      // A format only ever gets records that it made itself, so what it takes may be widened to `object`.
      return { ...format(parsed.data), name: definition.name } as unknown as VendorFormat;
    },
  };
}

function explain(vendor: string, error: z.ZodError): string {
  return error.issues.map((issue) => `${vendor}: ${describeIssue(issue)}`).join("; ");
}

/** One zod issue as a clause: ``option `a.b`: expected string``. */
function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `unknown option ${issue.keys.map((key) => `\`${key}\``).join(", ")}`;
  const path = issue.path.join(".");
  return path === "" ? issue.message : `option \`${path}\`: ${issue.message}`;
}
