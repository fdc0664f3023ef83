import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, ChunkFold, MethodAdapter, Unpacked } from "../adapter.ts";
import { isRecord, putText, record, text, type UnknownRecord } from "../engine/read.ts";
import type { BodyFormat } from "./bodies/body-format.ts";
import { families, familyOf } from "./bodies/families.ts";
import { modelPath } from "./model-path.ts";
import { httpFacts } from "./smithy.ts";
import { putUsage } from "./usage.ts";

/** A method for each family, made once. */
const invokeModel = new Map(families.map((family) => [family, invokeMethod(family, "invoke", false)]));
const invokeModelStream = new Map(
  families.map((family) => [family, invokeMethod(family, "invoke-with-response-stream", true)]),
);

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
export function invokeMethodOf(input: unknown, isStreaming: boolean): MethodAdapter | undefined {
  if (!isRecord(input)) return undefined;
  const body = parsedBody(input);
  return (isStreaming ? invokeModelStream : invokeModel).get(familyOf(body, text(input["modelId"]) ?? ""));
}

/** The request with its body as JSON; what the application gave is neither changed nor consumed. */
function requestOf(args: readonly unknown[]): Body {
  const input = record(record(args[0])["input"]);
  return { ...input, body: parsedBody(input) };
}

function invokeMethod(family: BodyFormat, action: string, isStreaming: boolean): MethodAdapter {
  const { input, output, stream, contentChunk } = family;
  const skipped = contentChunk === undefined ? undefined : new TextEncoder().encode(contentChunk);
  return {
    operation: family.operation,
    path: (request) => modelPath(request, action),
    body: requestOf,
    model: (request) => text(request["modelId"]),
    isStreaming: () => isStreaming,
    unpack: unpackInvoke,
    request: (request) => invokeRequest(family, request),
    ...(input && { input: (request) => input(record(request["body"])) }),
    response: (response) => invokeResponse(family, response),
    ...(output && { output: (response) => output(record(response)["body"]) }),
    ...(isStreaming && {
      rawChunk: chunkJson,
      stream: (content) => new InvokeFold(stream?.(content), content ? undefined : skipped),
    }),
  };
}

function invokeRequest(family: BodyFormat, request: Body): Attributes {
  const attributes = family.request(record(request["body"]));
  putText(attributes, semconv.ATTR_AWS_BEDROCK_GUARDRAIL_ID, request["guardrailIdentifier"]);
  return attributes;
}

/** A guardrail that stopped the call says so beside the body's own fields, whatever the family. */
function invokeResponse(family: BodyFormat, response: unknown): Attributes {
  const { body, metrics } = record(response);
  const attributes = family.response(body);
  if (attributes[semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS] === undefined) {
    const { [semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: output } = attributes;
    putUsage(attributes, metrics);
    if (output !== undefined) attributes[semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS] = output;
    else if (family.operation === semconv.GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS) {
      delete attributes[semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS];
    }
  }
  if (record(body)["amazon-bedrock-guardrailAction"] === "INTERVENED") {
    attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = ["content_filter"];
  }
  return attributes;
}

function unpackInvoke(value: unknown): Unpacked {
  const { body } = record(value);
  return {
    response: ArrayBuffer.isView(body) ? { body: bytesJson(body) } : { body },
    stream: body,
    http: httpFacts(value),
  };
}

const metricsKey = "amazon-bedrock-invocationMetrics";

/** Bedrock adds its own count of tokens to the last chunk: all there is where the family's chunks have none. */
class InvokeFold implements ChunkFold {
  readonly #fold: ChunkFold | undefined;
  /** How chunks begin that are passed over. */
  readonly #skipped: Uint8Array | undefined;
  #metrics: unknown;
  #guardrailAction: unknown;

  constructor(fold: ChunkFold | undefined, skipped: Uint8Array | undefined) {
    this.#fold = fold;
    this.#skipped = skipped;
  }

  add(given: unknown): void {
    if (this.#skipped !== undefined && beginsWith(chunkBytes(given), this.#skipped)) return;
    const chunk = chunkJson(given);
    if (!isRecord(chunk)) return;
    this.#metrics = chunk[metricsKey] ?? this.#metrics;
    this.#guardrailAction = chunk["amazon-bedrock-guardrailAction"] ?? this.#guardrailAction;
    this.#fold?.add(chunk);
  }

  response(): unknown {
    const body = this.#fold?.response();
    if (this.#guardrailAction !== "INTERVENED") return { body, metrics: this.#metrics };
    return { body: { ...record(body), "amazon-bedrock-guardrailAction": "INTERVENED" }, metrics: this.#metrics };
  }
}

/** `{ chunk: { bytes } }`: JSON of the family. Exceptions of the service do not come as chunks, they are thrown. */
function chunkJson(chunk: unknown): unknown {
  const bytes = chunkBytes(chunk);
  return bytes === undefined ? chunk : bytesJson(bytes);
}

function chunkBytes(chunk: unknown): unknown {
  return record(record(chunk)["chunk"])["bytes"];
}

function beginsWith(bytes: unknown, beginning: Uint8Array): boolean {
  if (!(bytes instanceof Uint8Array) || bytes.length < beginning.length) return false;
  for (let index = 0; index < beginning.length; index += 1) if (bytes[index] !== beginning[index]) return false;
  return true;
}

/** Parsed once, though asked for twice in a row: which family it is, and what it says. */
let parsed: { readonly from: unknown; readonly body: UnknownRecord } | undefined;

function parsedBody({ body: from }: UnknownRecord): UnknownRecord {
  const known = parsed;
  parsed = undefined;
  if (known !== undefined && known.from === from) return known.body;
  const body = record(bytesJson(from));
  parsed = { from, body };
  return body;
}

const decoder = new TextDecoder();

/** Of bytes or text; undefined where it is no JSON. */
function bytesJson(value: unknown): unknown {
  try {
    if (typeof value === "string") return JSON.parse(value);
    // The platform's type of what can be decoded is narrower than that of views.
    return ArrayBuffer.isView(value) ? JSON.parse(decoder.decode(value as Uint8Array)) : undefined;
  } catch {
    return undefined;
  }
}
