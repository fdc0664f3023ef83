import {
  findVendor,
  mapSpan,
  type RedactionOptions,
  recordsOfSpan,
  takes,
  type VendorFormat,
  VendorOptionsError,
  vendors,
} from "@genspan/mapping";
import type { Destination, Encoded, SpanFilter, Unit } from "../destination.ts";
import { estimateBytes } from "../spans/estimate-bytes.ts";
import { bundleOf } from "./bundle.ts";
import { recordCodec } from "./codecs.ts";
import { fileTarget } from "./file-target.ts";
import { type HttpTargetOptions, httpTarget } from "./http-target.ts";
import { otlpLogsTarget, stockLogsTarget } from "./otlp-logs.ts";
import type { OtlpTargetOptions } from "./otlp-target.ts";
import type { RecordTarget } from "./record-target.ts";
import type { StockExporter } from "./stock-exporter.ts";
import { consoleTarget, customTarget, memoryTarget } from "./targets.ts";

/** Where the records of a format go. */
export type RecordDestination =
  /** The format's own endpoint. */
  | ({ readonly type: "http" } & HttpTargetOptions)
  /** A JSON Lines file. */
  | { readonly type: "file"; readonly path: string }
  | { readonly type: "console" }
  /** An array of the caller's; the newest 10 000 are kept. */
  | { readonly type: "memory"; readonly records: unknown[] }
  /** A function; when it throws, the batch is tried again. */
  | { readonly type: "custom"; readonly deliver: (records: readonly unknown[]) => void | Promise<void> }
  /** An OTLP collector: the record is the body of a log record. `url` is whole, such as `http://h:4318/v1/logs`. */
  | ({ readonly type: "otlp" } & OtlpTargetOptions)
  /** The same through a stock log exporter of the SDK in use, which holds what it is given in memory. */
  | { readonly type: "otlp"; readonly exporter: StockExporter };

/** Which vendor, and how its records get there. */
export interface VendorDestinationOptions {
  /** A name or alias of the registry, or a format that was configured already. */
  readonly vendor: string | VendorFormat;
  /** The vendor's options, where `vendor` is a name. */
  readonly options?: unknown;
  /** Default: the format's own endpoint. */
  readonly to?: RecordDestination;
  /** Default: the format's name. */
  readonly name?: string;
  /** A further filter, after the format's own. */
  readonly shouldExport?: SpanFilter;
  /** What must not reach the vendor. Default: what the processor says. */
  readonly redact?: RedactionOptions | false;
  /** What becomes of a record that is not as documented. Default: `dead-letter`. */
  readonly onInvalid?: "dead-letter" | "send";
}

/**
 * Delivers spans, or whole traces, as the records of a vendor.
 * @throws {VendorOptionsError} for an unknown vendor, a wrong option, or an endpoint that cannot be used as configured.
 */
export function vendorDestination(options: VendorDestinationOptions): Destination {
  const { to = { type: "http" }, shouldExport, onInvalid = "dead-letter" } = options;
  const format = formatOf(options);
  const target = targetOf(format, to);
  return {
    ...target,
    name: options.name ?? format.name,
    unit: format.unit,
    accepts: (span) => takes(format, span) && (shouldExport?.(span.source) ?? true),
    wantsTrace: format.wantsTrace,
    redact: options.redact,
    needsAncestors: true,
    encode: (unit) => encode(format, unit, target, onInvalid),
  };
}

function encode(
  format: VendorFormat,
  { span, trace, redact }: Unit,
  target: RecordTarget,
  onInvalid: "dead-letter" | "send",
): Encoded {
  // A trace has one record, a span one and perhaps others beside it.
  const results = format.unit === "trace" ? [mapSpan(format, span, trace)] : recordsOfSpan(format, span, trace);
  const records: object[] = [];
  for (const result of results) {
    if (result.status === "failed") {
      return { status: "rejected", reason: "mapping failed", detail: result.reason, payload: span.source };
    }
    const record = redact?.(result.record) ?? result.record;
    if (result.status === "invalid" && onInvalid === "dead-letter") {
      return { status: "rejected", reason: "not as documented", detail: result.problems.join("; "), payload: record };
    }
    records.push(record);
  }
  const all = bundleOf(records);
  const spans = format.unit === "trace" ? trace.spans : [span];
  const { payload, bytes, head, group } = target.encode?.(span, all) ?? { payload: all };
  return {
    status: "item",
    item: {
      payload,
      bytes: bytes ?? spans.reduce((sum, one) => sum + estimateBytes(one), 0),
      head,
      group: group ?? target.groupOf?.(records[0] ?? {}) ?? "",
      traceId: span.traceId,
      spanId: span.spanId,
    },
  };
}

function formatOf({ vendor, options }: VendorDestinationOptions): VendorFormat {
  if (typeof vendor !== "string") return vendor;
  const found = findVendor(vendor);
  if (found !== undefined) return found.configure(options);
  const known = vendors.map(({ name }) => name).join(", ");
  throw new VendorOptionsError(`unknown vendor "${vendor}"; choose one of ${known}`);
}

function targetOf(format: VendorFormat, to: RecordDestination): RecordTarget {
  switch (to.type) {
    case "file":
      return fileTarget(to.path, recordCodec(format.name));
    case "console":
      return consoleTarget();
    case "memory":
      return memoryTarget(to.records);
    case "custom":
      return customTarget(to.deliver);
    case "otlp":
      return "exporter" in to ? stockLogsTarget(to.exporter, nameIn(format)) : otlpLogsTarget(to, nameIn(format));
    case "http":
      if ("unavailable" in format.endpoint) throw new VendorOptionsError(format.endpoint.unavailable);
      return httpTarget(format.name, format.endpoint, to);
  }
}

/** What the vendor calls a record. */
function nameIn({ recordName, companion }: VendorFormat): (record: unknown) => string {
  return (record) =>
    typeof record === "object" && record !== null && companion?.recognises(record) ? companion.recordName : recordName;
}
