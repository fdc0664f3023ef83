import type { InputMessage, OutputMessage, SystemInstructions, ToolDefinition } from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";

/** What an adapter says about one client library. Data and pure functions; the mechanism is the engine's. */
export interface ClientAdapter {
  /** npm name. */
  readonly module: string;
  /** Ranges (`4.104.0 - 4`) that the tests run against; other versions are patched too if the methods exist. */
  readonly supportedVersions: readonly SupportedVersion[];
  /** Exported name of the client class; from it all resource classes are reachable. */
  readonly clientClass: string;
  /** Files of the package, relative to its folder, in which the client class is defined. */
  readonly entryFiles: readonly string[];
  /** A method path such as `Chat.Completions.create`: class path from the client class, then the method. */
  readonly methods: Readonly<Record<string, MethodAdapter>>;
  /** The client that a resource object belongs to. */
  client(resource: object): object | undefined;
  /** Whether this is a client of the library, or the prototype of such clients. */
  isClient(value: unknown): boolean;
  /** Where the client sends its requests, such as `https://api.openai.com/v1`. */
  baseUrl(client: object): string | undefined;
  /** `gen_ai.provider.name` of the service behind that host. */
  provider(client: object, host: string): string;
  /** Version of the library that made this client, or undefined. */
  version(clientClass: object): string | undefined;
}

export interface SupportedVersion {
  readonly from: string;
  readonly to: string;
}

/** One method that makes one model call. */
export interface MethodAdapter {
  /** `gen_ai.operation.name`. */
  readonly operation: string;
  /** Only some supported versions have the method: its absence is not reported. */
  readonly isOptional?: boolean;
  /** Path below the base URL, such as `/chat/completions`. */
  readonly path: string;
  /** Attributes of the request, content excluded. */
  request(body: Body): Attributes;
  /** The sensitive part of the request; called only where content is captured. */
  input?(body: Body): InputContent;
  /** Attributes of a whole response, content excluded. */
  response(response: unknown): Attributes;
  /** The sensitive part of the response; called only where content is captured. */
  output?(response: unknown): readonly OutputMessage[];
  /** A failure that came as a well-formed response. */
  failure?(response: unknown): Failure | undefined;
  /** Folds streamed chunks into what an unstreamed call returns. */
  stream?(content: boolean): ChunkFold;
}

export type Body = Readonly<Record<string, unknown>>;

export interface InputContent {
  readonly system?: SystemInstructions | undefined;
  readonly messages?: readonly InputMessage[] | undefined;
  readonly tools?: readonly ToolDefinition[] | undefined;
}

export interface ChunkFold {
  add(chunk: unknown): void;
  /** What an unstreamed call would have returned, as far as the chunks told. */
  response(): unknown;
}

export interface Failure {
  /** Low cardinality: a provider's error code or a class name. */
  readonly type: string;
  readonly message: string | undefined;
  readonly statusCode?: number | undefined;
}
