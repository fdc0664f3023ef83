import {
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from "@genspan/semconv";
import { defineVendor } from "../engine/define-vendor.ts";
import { describeRows, mapRows } from "../engine/rows.ts";
import type { Vendor } from "../vendor.ts";
import { decode } from "./decode.ts";
import { endpointOf } from "./endpoint.ts";
import { mapping } from "./mapping.ts";
import { type Log10Options, optionsSchema } from "./options.ts";
import { type Completion, completionSchema } from "./schema.ts";

/** The record knows completions only: embeddings, tools and agents have no place in it. */
const OPERATIONS: ReadonlySet<string | undefined> = new Set([
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
]);

/** Log10: one Completion for each model call. */
export const log10: Vendor = defineVendor<Completion, Log10Options>({
  name: "log10",
  title: "Log10",
  document: { title: "Log10 completion schema", read: "2026-11-21" },
  optionsSchema,
  environment: {
    token: ["LOG10_TOKEN"],
    organizationId: ["LOG10_ORGANIZATION_ID", "LOG10_ORG_ID"],
    baseUrl: ["LOG10_URL"],
  },
  format: (options) => ({
    name: "log10",
    recordName: "Completion",
    unit: "span",
    schema: completionSchema,
    accepts: (span) => OPERATIONS.has(span.operation),
    map: (input) => mapRows(mapping, { ...input, options }),
    decode: (record) => [decode(record, options)],
    endpoint: endpointOf(options),
    tables: [{ title: "Completion", fields: describeRows(mapping) }],
  }),
});
