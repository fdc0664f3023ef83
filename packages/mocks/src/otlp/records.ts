/** Received spans and log records in a form that is easy to assert: flat, with attributes as plain values. */
import type { DecodedMessage } from "@genspan/mapping";

export interface ReceivedScope {
  readonly name: string;
  readonly version: string | undefined;
}

export interface ReceivedSpan {
  readonly resource: Readonly<Record<string, unknown>>;
  readonly scope: ReceivedScope;
  /** Hexadecimal. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** As on the wire: 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** `code`: 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: number; readonly message: string | undefined };
}

export interface ReceivedLog {
  readonly resource: Readonly<Record<string, unknown>>;
  readonly scope: ReceivedScope;
  readonly eventName: string | undefined;
  readonly severityNumber: number | undefined;
  readonly body: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
}

const object = (value: unknown): DecodedMessage =>
  typeof value === "object" && value !== null ? (value as DecodedMessage) : {};
const list = (value: unknown): readonly DecodedMessage[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const nanos = (value: unknown): bigint => (typeof value === "string" || typeof value === "number" ? BigInt(value) : 0n);

/** A `KeyValue[]` of OTLP/JSON. */
function plainAttributes(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(list(value).map((entry) => [String(entry["key"]), plainValue(entry["value"])]));
}

/** An `AnyValue` of OTLP/JSON, whose integers may be numbers or text. */
function plainValue(value: unknown): unknown {
  const [kind, inner] = Object.entries(object(value))[0] ?? [];
  if (kind === "intValue") return Number(inner);
  if (kind === "arrayValue") return list(object(inner)["values"]).map(plainValue);
  if (kind === "kvlistValue") return plainAttributes(object(inner)["values"]);
  if (kind === "bytesValue") return Buffer.from(String(inner), "base64");
  return inner ?? null;
}

function* scoped(
  request: DecodedMessage,
  names: { readonly resources: string; readonly scopes: string; readonly items: string },
): Generator<{ resource: ReceivedSpan["resource"]; scope: ReceivedScope; item: DecodedMessage }> {
  for (const perResource of list(request[names.resources])) {
    const resource = plainAttributes(object(perResource["resource"])["attributes"]);
    for (const perScope of list(perResource[names.scopes])) {
      const { name, version } = object(perScope["scope"]);
      const scope = { name: text(name) ?? "", version: text(version) };
      for (const item of list(perScope[names.items])) yield { resource, scope, item };
    }
  }
}

export function spansOf(request: DecodedMessage): readonly ReceivedSpan[] {
  const names = { resources: "resourceSpans", scopes: "scopeSpans", items: "spans" };
  return [...scoped(request, names)].map(({ resource, scope, item }) => ({
    resource,
    scope,
    traceId: String(item["traceId"]),
    spanId: String(item["spanId"]),
    parentSpanId: text(item["parentSpanId"]),
    name: String(item["name"]),
    kind: Number(item["kind"] ?? 0),
    startTimeUnixNano: nanos(item["startTimeUnixNano"]),
    endTimeUnixNano: nanos(item["endTimeUnixNano"]),
    attributes: plainAttributes(item["attributes"]),
    events: list(item["events"]).map((event) => ({
      name: String(event["name"]),
      attributes: plainAttributes(event["attributes"]),
    })),
    links: list(item["links"]).map((link) => ({ traceId: String(link["traceId"]), spanId: String(link["spanId"]) })),
    status: { code: Number(object(item["status"])["code"] ?? 0), message: text(object(item["status"])["message"]) },
  }));
}

export function logsOf(request: DecodedMessage): readonly ReceivedLog[] {
  const names = { resources: "resourceLogs", scopes: "scopeLogs", items: "logRecords" };
  return [...scoped(request, names)].map(({ resource, scope, item }) => ({
    resource,
    scope,
    eventName: text(item["eventName"]),
    severityNumber: typeof item["severityNumber"] === "number" ? item["severityNumber"] : undefined,
    body: item["body"] === undefined ? undefined : plainValue(item["body"]),
    attributes: plainAttributes(item["attributes"]),
    traceId: text(item["traceId"]),
    spanId: text(item["spanId"]),
  }));
}
