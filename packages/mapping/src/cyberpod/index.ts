import { defineVendor } from "../define-vendor.ts";
import { describeRows, mapRows } from "../engine/rows.ts";
import type { Vendor } from "../vendor.ts";
import { decode } from "./decode.ts";
import { endpointOf } from "./endpoint.ts";
import { mapping } from "./mapping.ts";
import { type CyberPodOptions, optionsSchema } from "./options.ts";
import { type TraceRecord, traceSchema } from "./schema.ts";

/** CyberPod's EDM telemetry: one Trace for each GenAI span. */
export const cyberpod: Vendor = defineVendor<TraceRecord, CyberPodOptions>({
  name: "cyberpod",
  aliases: ["cpod"],
  title: "CyberPod",
  document: { title: "CyberPod portal: Telemetry, Trace", read: "2026-11-21" },
  optionsSchema,
  environment: { endpoint: ["CYBERPOD_ENDPOINT"], token: ["CYBERPOD_TOKEN"] },
  format: (options) => ({
    recordName: "Trace",
    unit: "span",
    schema: traceSchema,
    accepts: (span) => span.operation !== undefined,
    map: (input) => mapRows(mapping, { ...input, options }),
    decode: (record) => [decode(record)],
    following: [
      "id",
      "app_id",
      "cache_hit",
      "created_at",
      "created_by",
      "is_deleted",
      "parent_span_id",
      "schema_version",
      "source",
      "source_type",
      "tenant_id",
      "updated_at",
      "updated_by",
    ],
    endpoint: endpointOf(options),
    tables: [{ title: "Trace", fields: describeRows(mapping) }],
  }),
});
