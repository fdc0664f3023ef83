import { defineVendor } from "../define-vendor.ts";
import { describeRows, mapRows } from "../engine/rows.ts";
import type { Vendor } from "../vendor.ts";
import { decode } from "./decode.ts";
import { endpointOf } from "./endpoint.ts";
import { isRecorded } from "./lineage.ts";
import { mapping } from "./mapping.ts";
import { type KeywordsAIOptions, optionsSchema } from "./options.ts";
import { documentedLogSchema, type RequestLog, requestLogSchema } from "./schema.ts";

/** Keywords AI, now Respan: one log for each span. */
export const keywordsAI: Vendor = defineVendor<RequestLog, KeywordsAIOptions>({
  name: "keywords-ai",
  aliases: ["respan"],
  title: "Keywords AI (Respan)",
  document: { title: "Keywords AI: Logging, Traces ingest; Respan: Spans", read: "2026-11-21" },
  optionsSchema,
  environment: {
    apiKey: ["RESPAN_API_KEY", "KEYWORDSAI_API_KEY"],
    baseUrl: ["RESPAN_BASE_URL", "KEYWORDSAI_BASE_URL"],
  },
  format: (options) => ({
    recordName: "log",
    unit: "span",
    schema: requestLogSchema,
    readSchema: () => documentedLogSchema,
    accepts: (span) => isRecorded(span, options),
    map: (input) => mapRows(mapping, { ...input, options }),
    decode: (record) => [decode(record)],
    following: [
      "id",
      "unique_id",
      "log_method",
      "span_parent_id",
      "span_path",
      "span_unique_id",
      "trace_name",
      "trace_unique_id",
      "usage.total_tokens",
    ],
    endpoint: endpointOf(options),
    tables: [{ title: "Log", fields: describeRows(mapping) }],
  }),
});
