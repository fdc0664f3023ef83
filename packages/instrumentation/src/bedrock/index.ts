import * as semconv from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter, Unpacked } from "../adapter.ts";
import { isObject, record, text } from "../engine/read.ts";
import { streamed } from "../engine/streamed.ts";
import { converseInput, converseRequest } from "./converse-request.ts";
import { converseOutput, converseResponse } from "./converse-response.ts";
import { converseStream } from "./converse-stream.ts";
import { baseUrlOf } from "./endpoint.ts";
import { invokeMethodOf } from "./invoke.ts";
import { modelPath } from "./model-path.ts";
import { callbackIndex, httpFacts, operationOf, thrownFacts } from "./smithy.ts";

const inputOf = (args: readonly unknown[]): unknown => record(args[0])["input"];

const converse: MethodAdapter = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: (request) => modelPath(request, "converse"),
  body: inputOf,
  callback: callbackIndex,
  model: (request) => text(request["modelId"]),
  unpack: (value): Unpacked => ({ response: value, http: httpFacts(value) }),
  request: converseRequest,
  input: converseInput,
  response: converseResponse,
  output: converseOutput,
};

const converseStreamed: MethodAdapter = {
  ...streamed(converse, converseStream),
  path: (request) => modelPath(request, "converse-stream"),
  unpack: (value): Unpacked => ({ stream: record(value)["stream"], http: httpFacts(value) }),
};

type Select = (args: readonly unknown[]) => MethodAdapter | undefined;

/** Operations that call a model. `ApplyGuardrail`, `CountTokens` and asynchronous jobs do not. */
const methodOf: ReadonlyMap<string, Select> = new Map<string, Select>([
  ["Converse", () => converse],
  ["ConverseStream", () => converseStreamed],
  ["InvokeModel", (args) => invokeMethodOf(inputOf(args), false)],
  ["InvokeModelWithResponseStream", (args) => invokeMethodOf(inputOf(args), true)],
]);

/** Every command goes through `send`, which all clients of the AWS SDK inherit from one class. */
const send: MethodAdapter = {
  ...converse,
  isInherited: true,
  select: (args) => methodOf.get(operationOf(args[0]) ?? "")?.(args),
};

/** https://github.com/aws/aws-sdk-js-v3/tree/main/clients/client-bedrock-runtime; `BedrockRuntime`'s methods call `send`. */
export const bedrock: ClientAdapter = {
  module: "@aws-sdk/client-bedrock-runtime",
  supportedVersions: [{ from: "3.706.0", to: "3" }],
  clientClasses: ["BedrockRuntimeClient", "BedrockRuntime"],
  bundleMarkers: ["com.amazonaws.bedrockruntime"],
  entryFiles: {
    "dist-cjs/index.js": ["BedrockRuntimeClient", "BedrockRuntime"],
    "dist-es/BedrockRuntimeClient.js": ["BedrockRuntimeClient"],
  },
  methods: { send },
  untraced: {
    StartAsyncInvokeCommand: "a job; the answers come later, in a file",
    InvokeModelWithBidirectionalStreamCommand: "a session over a connection of its own",
    ApplyGuardrailCommand: "checks a text against rules",
    InvokeGuardrailChecksCommand: "checks a text against rules",
  },
  client: (resource) => resource,
  isClient,
  baseUrl: baseUrlOf,
  provider: () => semconv.GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK,
  requestIdHeader: "x-amzn-requestid",
  thrown: thrownFacts,
};

const clientNames: ReadonlySet<string> = new Set(bedrock.clientClasses);

/** A client says which service it is for. A class does not: it is known by its name, or the aggregated one by a method. */
function isClient(value: unknown): boolean {
  if (!isObject(value) || !("send" in value) || typeof value.send !== "function") return false;
  if ("config" in value) return record(value.config)["serviceId"] === "Bedrock Runtime";
  return clientNames.has(value.constructor?.name) || ("converseStream" in value && "invokeModel" in value);
}
