import { cyberpod } from "./cyberpod/index.ts";
import { galileo } from "./galileo/index.ts";
import { galileoIngest } from "./galileo-ingest/index.ts";
import { keywordsAI } from "./keywords-ai/index.ts";
import { log10 } from "./log10/index.ts";
import { noveum } from "./noveum/index.ts";
import type { Vendor } from "./vendor.ts";

/** Every record format, one line each, in the order in which docs list them. */
export const vendors: readonly Vendor[] = [log10, noveum, keywordsAI, galileo, galileoIngest, cyberpod];

/** The vendor of that name or alias, whatever the case; `undefined` where there is none. */
export function findVendor(name: string): Vendor | undefined {
  const wanted = name.toLowerCase();
  return vendors.find((vendor) => vendor.name === wanted || vendor.aliases?.includes(wanted));
}
