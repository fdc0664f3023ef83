import { defineVendor } from "../define-vendor.ts";
import { isObject } from "../engine/message-guards.ts";
import { MODEL_OPERATIONS } from "../engine/operations.ts";
import { describeRows, type MappingInput, mapRows } from "../engine/rows.ts";
import type { Vendor, VendorFormat } from "../vendor.ts";
import { decode } from "./decode.ts";
import { endpointOf } from "./endpoint.ts";
import { gatewayMapping } from "./gateway-mapping.ts";
import { mapping } from "./mapping.ts";
import { type NoveumOptions, optionsSchema } from "./options.ts";
import { type DocumentedLog, documentedSchema, type GatewayLog, gatewaySchema, type RequestLog } from "./schema.ts";

/** Noveum: one AI gateway request log for each call of a model. */
export const noveum: Vendor = defineVendor<RequestLog, NoveumOptions>({
  name: "noveum",
  title: "Noveum",
  document: { title: "Noveum AI gateway: docs/logs.md", read: "2026-11-21" },
  optionsSchema,
  environment: {
    elasticsearchUrl: ["NOVEUM_ELASTICSEARCH_URL", "ELASTICSEARCH_URL"],
    index: ["NOVEUM_ELASTICSEARCH_INDEX", "ELASTICSEARCH_INDEX"],
    username: ["NOVEUM_ELASTICSEARCH_USERNAME", "ELASTICSEARCH_USERNAME"],
    password: ["NOVEUM_ELASTICSEARCH_PASSWORD", "ELASTICSEARCH_PASSWORD"],
    url: ["NOVEUM_LOGS_URL"],
    orgId: ["NOVEUM_ORG_ID"],
    projectId: ["NOVEUM_PROJECT_ID"],
    environment: ["NOVEUM_ENVIRONMENT", "DEPLOYMENT_ENVIRONMENT"],
  },
  format: (options) => ({
    recordName: "request log",
    unit: "span",
    // A gateway sees requests to a model's API: agents and tools have no place in its log.
    accepts: (span) => MODEL_OPERATIONS.has(span.operation),
    decode: (record) => [decode(record)],
    readSchema: (record) => (isOfGateway(record) ? gatewaySchema : documentedSchema),
    following: [
      "name",
      "attributes.id",
      "attributes.metadata.method",
      "attributes.metadata.status_code",
      "attributes.metadata.error_count",
      "attributes.metadata.provider_error_count",
      "attributes.metadata.ttfb",
      "attributes.metadata.tokens.total",
    ],
    endpoint: endpointOf(options),
    ...dialectOf(options),
  }),
});

/** Which of the two dialects a log is in, whichever is written. */
function isOfGateway(record: object): boolean {
  const attributes: unknown = "attributes" in record ? record.attributes : undefined;
  return isObject(attributes) && "thread_id" in attributes;
}

function dialectOf(options: NoveumOptions): Pick<VendorFormat<RequestLog>, "schema" | "map" | "tables"> {
  type Input = Omit<MappingInput<never>, "options">;
  if (options.dialect === "gateway") {
    return {
      schema: gatewaySchema,
      map: (input: Input): GatewayLog => mapRows(gatewayMapping, { ...input, options }),
      tables: [{ title: "Request log (dialect `gateway`)", fields: describeRows(gatewayMapping) }],
    };
  }
  return {
    schema: documentedSchema,
    map: (input: Input): DocumentedLog => mapRows(mapping, { ...input, options }),
    tables: [{ title: "Request log", fields: describeRows(mapping) }],
  };
}
