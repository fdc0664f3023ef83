import type { InputMessage, OutputMessage, SystemInstructions, ToolDefinition } from "@genspan/semconv";
import type { Attributes, Span } from "@opentelemetry/api";

/** What an adapter says about one client library. Data and pure functions; the mechanism is the engine's. */
export interface ClientAdapter {
  /** npm name. */
  readonly module: string;
  /** Ranges (`4.104.0 - 4`) that the tests run against; other versions are patched too if the methods exist. */
  readonly supportedVersions: readonly SupportedVersion[];
  /** Exported names of the client classes, the usual one first. */
  readonly clientClasses: readonly string[];
  /**
   * Files of the package, relative to its folder, and the classes to take from each as it is loaded: names in the scope
   * of the file, whether exported or not. `Ollama$1` is taken as `Ollama`.
   */
  readonly entryFiles: Readonly<Record<string, readonly string[]>>;
  /** Texts that only the library's own code has, and that minifiers keep: how it is known in a bundle. */
  readonly bundleMarkers?: readonly string[];
  /**
   * A method path such as `Chat.Completions.create`: path of classes, then the method. What the path begins with is
   * found among the classes of an entry file or of the module, as a static of a client class, or as a property of a
   * client (`client.chat.completions`). A path of one name is a method of the client class itself.
   */
  readonly methods: Readonly<Record<string, MethodAdapter>>;
  /** Model calls that are not traced, as an application writes them, and why. */
  readonly untraced?: Readonly<Record<string, string>>;
  /**
   * Asked first for the class or object `name` (`Chat.Completions`) of a client, a class or a module. Undefined where the
   * rule is to look for it, null where it must not: there is none, or a getter of the client would leave a trace.
   */
  resource?(root: object, name: string): unknown;
  /**
   * Properties of a client that lead to classes which its class alone does not lead to: set by the constructor, or
   * getters of the prototype. Where only the class is known, methods are patched when such a property is first there.
   */
  readonly lateProperties?: readonly string[];
  /** The client that a resource object belongs to, or an object that stands for the client (see `keys`). */
  client(resource: object): object | undefined;
  /** Objects that calls of this client are known by, where `client` cannot find it from the resource. */
  keys?(client: object): readonly unknown[];
  /** Whether this is a client of the library, or the prototype of such clients. */
  isClient(value: unknown): boolean;
  /**
   * Where the client sends its requests, such as `https://api.openai.com/v1`. Undefined where that is not known yet: it
   * is asked for when the client is registered, when a call begins and, if need be, when the call ends.
   */
  baseUrl(client: object): string | undefined;
  /** `gen_ai.provider.name` of the service behind that host, which is that of the base URL. */
  provider(client: object, host: string, baseUrl?: URL): string;
  /** Version of the library that made this client, or undefined. Where the file is known, its package.json says it. */
  version?(clientClass: object): string | undefined;
  /** Response header with the request's id. Default: `x-request-id`. */
  readonly requestIdHeader?: string;
  /** What the library's own errors say beside class name, `code` and `status`. */
  thrown?(error: unknown): ThrownFacts;
  /**
   * Calls `run`, the library's method, so that it emits no span of its own, and returns what it returned. Only for
   * libraries with telemetry of their own: one call is one span.
   */
  withoutNativeTelemetry?(call: NativeCall): unknown;
}

/** A call of a library that has telemetry of its own. */
export interface NativeCall {
  readonly client: object;
  /** The arguments of the application. */
  readonly args: readonly unknown[];
  /** The library's method, with these arguments. */
  run(args: readonly unknown[]): unknown;
  /** Our span of the call; undefined for a method that only leads to one (`isHelper`). */
  readonly span: Span | undefined;
}

export interface SupportedVersion {
  readonly from: string;
  readonly to: string;
}

/** One method that makes one model call. */
export interface MethodAdapter {
  /** `gen_ai.operation.name`. */
  readonly operation: string;
  /** It makes no call itself but by another method that is traced: only the library's own telemetry is kept from it. */
  readonly isHelper?: boolean;
  /** Only some supported versions have the method: its absence is not reported. */
  readonly isOptional?: boolean;
  /** Inherited from a class that other libraries share: the client class gets a method of its own. */
  readonly isInherited?: boolean;
  /** Path below the base URL, such as `/chat/completions`. */
  readonly path: string | ((body: Body, client: object) => string);
  /** A method that makes calls of several kinds: what is said of this one, or undefined where it is not traced. */
  select?(args: readonly unknown[]): MethodAdapter | undefined;
  /** The request within the arguments. Default: the first one. */
  body?(args: readonly unknown[]): unknown;
  /** Index of a Node-style callback among the arguments, or undefined where the call has none. */
  callback?(args: readonly unknown[]): number | undefined;
  /** `gen_ai.request.model`. Default: `body.model`. */
  model?(body: Body): string | undefined;
  /** Whether the call streams; only where `stream` is given. Default: `body.stream === true`. */
  isStreaming?(body: Body): boolean;
  /** For streams whose provider reports usage on request only; the request is the first argument. */
  readonly usageOnRequest?: UsageOnRequest;
  /** The parts of what the method gives. Default: the value is the response, or the stream. */
  unpack?(value: unknown): Unpacked;
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
  /** What is kept of a chunk where raw bodies are, if the application is given bytes. Default: the chunk. */
  rawChunk?(chunk: unknown): unknown;
  /** Folds streamed chunks into what an unstreamed call returns. */
  stream?(content: boolean): ChunkFold;
}

export interface UsageOnRequest {
  /** The request with usage asked for, or undefined where the application did so itself, or declined it. */
  asking(body: Body): Body | undefined;
  /** Whether a chunk is there for the usage alone. */
  isUsageOnly(chunk: unknown): boolean;
  /** Takes from another chunk what it has because usage was asked for. */
  clean(chunk: unknown): void;
}

/** What a method's value consists of, where that is more than a response or a stream. */
export interface Unpacked {
  /** What `response`, `output` and `failure` read. */
  readonly response?: unknown;
  /** The object that the application iterates; observed where the call streams. */
  readonly stream?: unknown;
  /** Fires when the application stops the stream, also one that it never reads. */
  readonly signal?: unknown;
  readonly http?: HttpFacts | undefined;
}

/** What is known of the HTTP answer. */
export interface HttpFacts {
  readonly status?: unknown;
  readonly requestId?: unknown;
  /** Where the request went in the end. */
  readonly url?: unknown;
}

/** What an error tells; what is left out is read as for any error. */
export interface ThrownFacts {
  /** Low cardinality: the provider's error code. */
  readonly type?: string | undefined;
  readonly statusCode?: number | undefined;
  readonly requestId?: string | undefined;
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
