import type { Mapping } from "../engine/rows.ts";
import type { KeywordsAIOptions } from "./options.ts";
import { contentRows } from "./rows/content.ts";
import { controlRows } from "./rows/control.ts";
import { identityRows } from "./rows/identity.ts";
import { measureRows } from "./rows/measures.ts";
import { modelRows } from "./rows/model.ts";
import type { RequestLog } from "./schema.ts";

/** One row for each documented field, in the order of the vendor's pages. */
export const mapping: Mapping<RequestLog, KeywordsAIOptions> = {
  ...controlRows,
  ...contentRows,
  ...modelRows,
  ...measureRows,
  ...identityRows,
};
