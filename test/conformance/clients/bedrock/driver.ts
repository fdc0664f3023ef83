import { createRequire } from "node:module";
import { Readable } from "node:stream";
import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { type BehaviourCase, PROMPT } from "../../behaviour/case.ts";
import { describeDeep, describeError } from "../../behaviour/describe-value.ts";
import type { Ask, Driver } from "../../behaviour/driver.ts";
import { replies } from "./replies.ts";

type Library = typeof import("@aws-sdk/client-bedrock-runtime");
type Command =
  | "ConverseCommand"
  | "ConverseStreamCommand"
  | "InvokeModelCommand"
  | "InvokeModelWithResponseStreamCommand";

const usage = { input: 11, output: 7, cached: 3 };
const modelId = "anthropic.claude-3-5-haiku-20241022-v1:0";

/** The copy that the application loaded: commands are classes of it. A process loads one. */
let loaded: Library | undefined;

const converse = (prompt: string): object => ({ modelId, messages: [{ role: "user", content: [{ text: prompt }] }] });
const invoke = (prompt: string): object => ({
  modelId,
  body: JSON.stringify({
    anthropic_version: "bedrock-2023-05-31",
    max_tokens: 64,
    messages: [{ role: "user", content: prompt }],
  }),
});

function send(
  client: BedrockRuntimeClient,
  name: Command,
  input: object,
  { signal }: Partial<Ask> = {},
): Promise<unknown> {
  if (!loaded) throw new Error("no client was made yet");
  const Command = loaded[name] as new (given: object) => object; // each command has types of its own
  return client.send(new Command(input) as never, { ...(signal && { abortSignal: signal }) }); // as above
}

/** HTTP 1, as the behaviour server speaks: the client's own default is HTTP 2. With a `fetch`, requests go through that. */
function requestHandler(send: typeof fetch | undefined): object {
  if (send) return { handle: (request: HttpRequest) => handled(send, request) };
  const { NodeHttpHandler } = createRequire(import.meta.url)("@smithy/node-http-handler") as HandlerLibrary; // its exports
  return new NodeHttpHandler();
}
type HandlerLibrary = typeof import("@smithy/node-http-handler");

interface HttpRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer> | string;
}

async function handled(send: typeof fetch, { protocol, hostname, path, ...init }: HttpRequest): Promise<object> {
  const { status, headers, body } = await send(`${protocol}//${hostname}${path}`, init);
  const read = body ? Readable.fromWeb(body as WebStream) : undefined; // the platform's own stream
  return { response: { statusCode: status, headers: Object.fromEntries(headers), body: read } };
}
type WebStream = Parameters<typeof Readable.fromWeb>[0];

const common = {
  module: "@aws-sdk/client-bedrock-runtime",
  installed: ["@aws-sdk/client-bedrock-runtime", "bedrock-runtime-3"],
  clientClass: (library) => library.BedrockRuntimeClient,
  options({ url, retries = 0, fetch }, library) {
    loaded = library;
    return {
      region: "us-east-1",
      endpoint: url,
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
      maxAttempts: retries + 1,
      requestHandler: requestHandler(fetch),
    };
  },
  understands: { retries: 3, signal: 3 },
  usage: { chat: usage, stream: usage },
  errors: {
    refused: /^(ValidationException|400)$/,
    unreachable: /^(ECONNREFUSED|Error)$/,
    aborted: /^AbortError$/,
  },
  errorClasses: ["ValidationException", "BedrockRuntimeServiceException"],
  replies,
  // How long a retry waits is drawn at random.
  volatileFields: ["totalRetryDelay"],
} satisfies Partial<Driver<BedrockRuntimeClient, Library>>;

/** `send` of a frozen client may throw at once, before anybody can know its endpoint, which the library tells asynchronously. */
const frozen = {
  name: "client_frozen",
  spans: 1,
  usage,
  errorType: "as seen",
  // Older versions answer, by Converse without id and model.
  unavailable: ["server.address", "gen_ai.response.id", "gen_ai.response.model"],
  async run({ create }) {
    const client = create({}, "frozen");
    try {
      return {
        frozen: Object.isFrozen(client),
        value: describeDeep(await send(client, "ConverseCommand", converse(PROMPT))),
      };
    } catch (error) {
      return { error: describeError(error) };
    }
  },
} satisfies BehaviourCase<BedrockRuntimeClient, Library>;

/** https://github.com/aws/aws-sdk-js-v3, client-bedrock-runtime: the Converse API. */
export const bedrock: Driver<BedrockRuntimeClient, Library> = {
  ...common,
  name: "bedrock",
  chat: (client, given) => send(client, "ConverseCommand", converse(given.prompt), given),
  stream: (client, given) => send(client, "ConverseStreamCommand", converse(given.prompt), given),
  chunks: (streamed: { readonly stream: AsyncIterable<unknown> }) => streamed.stream,
  unavailable: ["gen_ai.response.id", "gen_ai.response.model"],
  cases: [frozen],
};

/** The same client: InvokeModel, with the bodies of an Anthropic model. */
export const bedrockInvoke: Driver<BedrockRuntimeClient, Library> = {
  ...common,
  name: "bedrock-invoke",
  chat: (client, given) => send(client, "InvokeModelCommand", invoke(given.prompt), given),
  stream: (client, given) => send(client, "InvokeModelWithResponseStreamCommand", invoke(given.prompt), given),
  chunks: (streamed: { readonly body: AsyncIterable<unknown> }) => streamed.body,
  cases: [frozen],
};
