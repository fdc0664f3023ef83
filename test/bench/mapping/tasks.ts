import { type Destination, otlp } from "@genspan/exporter";
import {
  findVendor,
  GenAISpan,
  mapSpan,
  normalise,
  type ReadableSpanLike,
  Redactor,
  Trace,
  to,
  type VendorFormat,
} from "@genspan/mapping";
import { spans } from "./spans.ts";

/** One thing that is measured, on one span. */
export interface Task {
  readonly name: string;
  readonly run: (span: ReadableSpanLike) => unknown;
}

/** From a span to bytes. */
export interface FormatTask extends Task {
  /** Name of the task that the bar is set against. */
  readonly floor: string;
  /** What no way of making this very record can do without. */
  readonly own: Task;
  /** Size of what it makes. */
  readonly bytes: () => number;
}

export interface OtherTask extends Task {
  /** Microseconds. */
  readonly most?: number;
  /** The time is divided by this, such as kilobytes. */
  readonly per?: number;
  /** Names of the tasks that it does together. */
  readonly against: readonly string[];
}

const encoded = (text: string): Uint8Array => Buffer.from(text);
const aSpan = spans[0] as ReadableSpanLike; // there are 64

/** The JSON texts of a span's messages, in and out. */
function textsOf({ attributes }: ReadableSpanLike): readonly [input: string, output: string] {
  return [String(attributes["gen_ai.input.messages"]), String(attributes["gen_ai.output.messages"])];
}

function parsed(span: ReadableSpanLike): readonly unknown[] {
  const [input, output] = textsOf(span);
  return [JSON.parse(input), JSON.parse(output)];
}

function splice(span: ReadableSpanLike): Uint8Array {
  const { traceId, spanId } = span.spanContext();
  const [messages, answer] = textsOf(span);
  return encoded(`{"trace":"${traceId}","id":"${spanId}","model":"gpt-4o","input":${messages},"output":${answer}}`);
}

const restructure = (span: ReadableSpanLike): Uint8Array => encoded(JSON.stringify(parsed(span)));

function floorTask(name: string, run: (span: ReadableSpanLike) => Uint8Array): FormatTask {
  return { name, run, floor: name, own: { name, run }, bytes: () => run(aSpan).byteLength };
}

export const FLOORS: Readonly<Record<"splice" | "restructure", FormatTask>> = {
  splice: floorTask("splice", splice),
  restructure: floorTask("restructure", restructure),
};

const ID = "8d5a1f2e-7a0b-4c3d-9e8f-001122334455";
const OPTIONS: Readonly<Record<string, object>> = {
  log10: { organizationId: "org_1", token: "token" },
  noveum: { url: "http://localhost/logs" },
  "keywords-ai": { apiKey: "key" },
  galileo: { projectId: ID, url: "http://localhost/traces" },
  "galileo-ingest": { projectId: ID, logStreamId: ID, apiKey: "key" },
  cyberpod: { endpoint: "http://localhost/traces" },
};

function formatOf(name: string): VendorFormat {
  const vendor = findVendor(name);
  if (vendor === undefined) throw new Error(`no vendor ${name}`);
  return vendor.configure(OPTIONS[name]);
}

function recordOf(format: VendorFormat, span: GenAISpan): object {
  const result = mapSpan(format, span, new Trace([span]));
  if (result.status !== "mapped") throw new Error(`${format.name}: ${JSON.stringify(result)}`);
  return result.record;
}

/** As the exporter does it: the record, and the body of a request with it. */
function bytesOf(format: VendorFormat, span: GenAISpan): Uint8Array {
  if (!("request" in format.endpoint)) throw new Error(`${format.name} has no endpoint`);
  return encoded(format.endpoint.request([recordOf(format, span)]).body);
}

const formats = Object.keys(OPTIONS).map(formatOf);

export function formatTasks(): readonly FormatTask[] {
  return [...formats.map(recordTask), otlpTask("http/json"), otlpTask("http/protobuf")];
}

function recordTask(format: VendorFormat): FormatTask {
  // Parsed, as a record that nobody mapped would be; one for each span.
  const records = new Map(
    spans.map((span) => [span, JSON.parse(JSON.stringify(recordOf(format, new GenAISpan(span))))]),
  );
  return {
    name: format.name,
    floor: FLOORS.restructure.name,
    run: (span) => bytesOf(format, new GenAISpan(span)),
    bytes: () => bytesOf(format, new GenAISpan(aSpan)).byteLength,
    own: {
      name: `${format.name}: own record`,
      run: (span) => [parsed(span), encoded(JSON.stringify(records.get(span)))],
    },
  };
}

function otlpTask(protocol: "http/json" | "http/protobuf"): FormatTask {
  const url = "http://localhost/v1/traces";
  const encodeFor = (destination: Destination) => (readable: ReadableSpanLike) => {
    const span = new GenAISpan(readable);
    const result = destination.encode({ span, trace: new Trace([span]) });
    if (result.status !== "item") throw new Error(result.reason);
    return result.item;
  };
  const asJson = otlp({ url, protocol: "http/json" });
  const text = asJson.codec?.write(encodeFor(asJson)(aSpan).payload) ?? "{}";
  const finished = JSON.parse(Buffer.from(text).toString()) as object;
  const run = encodeFor(otlp({ url, protocol }));
  const own = { name: `otlp ${protocol}: own record`, run: () => encoded(JSON.stringify(finished)) };
  return { name: `otlp ${protocol}`, floor: own.name, own, run, bytes: () => run(aSpan).bytes };
}

const flattened = to("openinference")(aSpan);
const kilobytes = textsOf(aSpan).join("").length / 1024;

export function otherTasks(): readonly OtherTask[] {
  const redactor = new Redactor();
  return [
    {
      name: "six formats of one span",
      run: (readable) => {
        const span = new GenAISpan(readable);
        for (const format of formats) bytesOf(format, span);
      },
      against: formats.map(({ name }) => name),
    },
    { name: "normalise, current form", run: (span) => normalise(span), most: 1, against: [] },
    { name: "normalise, flattened OpenInference", run: () => normalise(flattened), most: 15, against: [] },
    { name: "redact a span, a KB", run: (span) => redactor.span(span), per: kilobytes, most: 1.5, against: [] },
  ];
}
