import { otlp } from "@genspan/exporter";
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
import { input, output, spans } from "./spans.ts";

/** One thing that is measured, on one span. */
export interface Task {
  readonly name: string;
  readonly run: (span: ReadableSpanLike) => unknown;
  /** The floor that the bar is set against. */
  readonly floor?: Floor;
  /** Size of what it makes. */
  readonly bytes?: () => number;
  readonly own?: readonly Task[];
  /** The time is divided by this, such as kilobytes. */
  readonly per?: number;
  /** Tasks that are done one by one otherwise. */
  readonly against?: readonly string[];
}

export type Floor = "splice" | "restructure";

const encoded = (text: string): Uint8Array => Buffer.from(text);
const splice = (span: ReadableSpanLike): Uint8Array => {
  const { traceId, spanId } = span.spanContext();
  const messages = span.attributes["gen_ai.input.messages"];
  const answer = span.attributes["gen_ai.output.messages"];
  return encoded(`{"trace":"${traceId}","id":"${spanId}","model":"gpt-4o","input":${messages},"output":${answer}}`);
};
const restructure = (): Uint8Array => encoded(JSON.stringify([JSON.parse(input), JSON.parse(output)]));
const aSpan = spans[0] as ReadableSpanLike; // there are 64

export const FLOORS: Readonly<Record<Floor, Task>> = {
  splice: { name: "splice", run: splice, bytes: () => splice(aSpan).byteLength },
  restructure: { name: "restructure", run: restructure, bytes: () => restructure().byteLength },
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

export function formatTasks(): readonly Task[] {
  return [
    ...formats.map((format): Task => {
      const record = JSON.parse(JSON.stringify(recordOf(format, new GenAISpan(aSpan)))) as object;
      return {
        name: format.name,
        floor: "restructure",
        run: (span) => bytesOf(format, new GenAISpan(span)),
        bytes: () => bytesOf(format, new GenAISpan(aSpan)).byteLength,
        own: [
          {
            name: `${format.name}: own record`,
            run: () => [JSON.parse(input), JSON.parse(output), encoded(JSON.stringify(record))],
          },
        ],
      };
    }),
    otlpTask("http/json"),
    otlpTask("http/protobuf"),
  ];
}

function otlpTask(protocol: "http/json" | "http/protobuf"): Task {
  const destination = otlp({ url: "http://localhost/v1/traces", protocol });
  const run = (readable: ReadableSpanLike): number => {
    const span = new GenAISpan(readable);
    const result = destination.encode({ span, trace: new Trace([span]) });
    if (result.status !== "item") throw new Error(result.reason);
    return result.item.bytes;
  };
  return { name: `otlp ${protocol}`, floor: "splice", run, bytes: () => run(aSpan) };
}

const flattened = to("openinference")(aSpan);
const kilobytes = (input.length + output.length) / 1024;

export function otherTasks(): readonly Task[] {
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
    { name: "normalise, current form", run: (span) => normalise(span) },
    { name: "normalise, flattened OpenInference", run: () => normalise(flattened) },
    { name: "redact a span, a KB", run: (span) => redactor.span(span), per: kilobytes },
  ];
}
