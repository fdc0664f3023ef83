import * as semconv from "@genspan/semconv";
import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import type { Body, ChunkFold, ClientAdapter, Failure, HttpFacts, MethodAdapter, UsageOnRequest } from "../adapter.ts";
import { warnOfOtherApi } from "./api-copies.ts";
import { Capture } from "./capture.ts";
import { UncountedStream } from "./estimate.ts";
import { emitException } from "./events.ts";
import { failureOf, requestIdOf } from "./failure.ts";
import { factsOfResponse, httpAttributes } from "./http.ts";
import { type Instruments, recordCall } from "./metrics.ts";
import type { ModuleRecord } from "./module-record.ts";
import { text } from "./read.ts";
import { reportOwnError } from "./reports.ts";
import { serverFacts } from "./server.ts";
import { captureStack } from "./stacktrace.ts";
import type { Tracing } from "./tracing.ts";

const propagatedAttributes = createContextKey(semconv.CONTEXT_KEY_PROPAGATED_ATTRIBUTES);

export interface CallStart {
  readonly adapter: ClientAdapter;
  readonly method: MethodAdapter;
  readonly record: ModuleRecord;
  readonly tracing: Tracing;
  readonly client: object;
  readonly body: Body;
  /** The patched function: the stack is taken below it. */
  readonly callee: (...args: never[]) => unknown;
}

/**
 * One instrumented invocation, from start to end of its span. It holds neither the promise nor the stream that the
 * application was given, so that these can be collected, and the span be ended, when the application drops them.
 */
export class Call {
  /** Where the client library runs: HTTP spans below it are children of this call's span. */
  readonly context: Context;
  /** False where nobody would see what is observed: no recording span and no metrics. */
  readonly isObserved: boolean;
  readonly isStreaming: boolean;
  /** Set where usage was asked for on the application's behalf. */
  hiddenUsage: UsageOnRequest | undefined;
  ended = false;

  // Not the whole start: a promise that the application keeps must not keep the request's body.
  readonly #adapter: ClientAdapter;
  readonly #method: MethodAdapter;
  readonly #tracing: Tracing;
  readonly #record: ModuleRecord;
  readonly #span: Span;
  readonly #isRecording: boolean;
  readonly #instruments: Instruments | undefined;
  readonly #startAttributes: Attributes;
  /** Only where it was not known at the start which server it talks to. */
  #client: object | undefined;
  readonly #startedAt = performance.now();
  #capture: Capture | undefined;
  /** Where the user wants tokens counted that no provider reports. */
  #uncounted: UncountedStream | undefined;
  #requestAttributes: Attributes = {};
  #headerAttributes: Attributes | undefined;
  #fold: ChunkFold | undefined;
  #firstChunkAt: number | undefined;
  #lastChunkAt = 0;

  constructor(start: CallStart) {
    const { adapter, method, tracing, record, client, body } = start;
    const active = context.active();
    const server = serverFacts(adapter, client);
    const model = method.model === undefined ? text(body["model"]) : method.model(body);
    // Only what a sampler may want: the SDK cleans attributes given at the start twice, which costs 2.5 x as much.
    const attributes: Attributes = { [semconv.ATTR_GEN_AI_OPERATION_NAME]: method.operation, ...server.attributes };
    if (model !== undefined) attributes[semconv.ATTR_GEN_AI_REQUEST_MODEL] = model;
    const name = model === undefined ? method.operation : `${method.operation} ${model}`;
    if (server.baseUrl === undefined) this.#client = client;
    this.#adapter = adapter;
    this.#method = method;
    this.#tracing = tracing;
    this.#record = record;
    this.#startAttributes = attributes;
    this.#span = tracing.tracer().startSpan(name, { kind: SpanKind.CLIENT, attributes }, active);
    this.context = trace.setSpan(active, this.#span);
    this.#isRecording = this.#span.isRecording();
    this.#instruments = tracing.instruments();
    this.isObserved = this.#isRecording || this.#instruments !== undefined;
    this.isStreaming = method.stream !== undefined && (method.isStreaming?.(body) ?? body["stream"] === true);
    const wantsContent = tracing.contentOnSpan || tracing.contentInEvent;
    if (this.#isRecording && (wantsContent || tracing.captureRaw || tracing.captureStacktrace)) {
      const stack = tracing.captureStacktrace ? captureStack(start.callee) : undefined;
      this.#capture = new Capture(method, tracing, this.#span, this.isStreaming, stack);
    }
    const counts = this.isStreaming && this.isObserved && tracing.streamUsage === "count";
    record.callsSeen += 1;
    if (!this.isObserved) {
      record.notRecorded += 1;
      warnOfOtherApi();
    }
    if (this.isStreaming) this.#fold = method.stream?.(counts || (wantsContent && this.#isRecording));
    if (counts) this.#uncounted = new UncountedStream(method, body, tracing.countTokens);
    if (this.#isRecording) this.#describeRequest(start, active, server.basePath);
  }

  #describeRequest({ body, client }: CallStart, active: Context, basePath: string): void {
    const method = this.#method;
    try {
      const attributes = method.request(body);
      const path = typeof method.path === "string" ? method.path : method.path(body, client);
      attributes[semconv.ATTR_GENSPAN_REQUEST_PATH] = `${basePath}${path}`;
      if (this.isStreaming) attributes[semconv.ATTR_GEN_AI_REQUEST_STREAM] = true;
      // The value was put there by our own `propagateAttributes` or by an equal one: span attributes by name.
      const propagated = active.getValue(propagatedAttributes) as Attributes | undefined;
      if (propagated !== undefined) this.#span.setAttributes(propagated);
      this.#capture?.request(body, attributes);
      this.#span.setAttributes(attributes);
      this.#requestAttributes = attributes;
    } catch (error) {
      reportOwnError("request", error, this.#record);
    }
  }

  /** The request with usage asked for, or undefined where it is to stay as it is. */
  askForUsage(body: Body): Body | undefined {
    if (!this.isStreaming || this.#tracing.streamUsage !== "request") return undefined;
    const asking = this.#method.usageOnRequest?.asking(body);
    if (asking !== undefined) this.hiddenUsage = this.#method.usageOnRequest;
    return asking;
  }

  /** The response headers have arrived; the body may still be unread. */
  headers(response: unknown): void {
    if (this.ended || !this.#isRecording) return;
    const facts = factsOfResponse(response, this.#adapter.requestIdHeader);
    if (facts !== undefined) this.#headerAttributes = httpAttributes(facts);
  }

  /** What is known of the HTTP answer. */
  describeHttp(facts: HttpFacts): void {
    if (!this.ended && this.#isRecording) this.#headerAttributes = httpAttributes(facts);
  }

  /** A chunk is about to be handed to the application. */
  chunk(chunk: unknown): void {
    if (this.ended) return;
    if (this.#firstChunkAt === undefined) this.#firstChunkAt = this.#lastChunkAt = performance.now();
    else if (this.#instruments !== undefined) this.#measureChunk(this.#instruments);
    this.#fold?.add(chunk);
    this.#capture?.chunk(chunk);
  }

  #measureChunk(instruments: Instruments): void {
    const now = performance.now();
    instruments.timePerOutputChunk.record((now - this.#lastChunkAt) / 1000, this.#startAttributes);
    this.#lastChunkAt = now;
  }

  /** The whole response is there. */
  respond(response: unknown): void {
    this.#end(response, undefined, undefined);
  }

  /** The stream is over: read to its end, left early, or aborted. */
  endStream(): void {
    this.#end(this.#fold?.response(), undefined, undefined);
  }

  /** The application was given this error. */
  fail(error: unknown): void {
    this.#end(
      this.#firstChunkAt === undefined ? undefined : this.#fold?.response(),
      failureOf(error, this.#adapter),
      error,
    );
  }

  /** The application took the raw response: its body is none of our business. */
  endAtHeaders(): void {
    this.#end(undefined, undefined, undefined);
  }

  /** Nobody can read promise or stream any more. */
  abandon(): void {
    if (this.ended) return;
    this.#record.abandoned += 1;
    this.#end(this.isStreaming ? this.#fold?.response() : undefined, undefined, undefined);
  }

  #end(response: unknown, failure: Failure | undefined, error: unknown): void {
    if (this.ended) return;
    this.ended = true;
    const endedAt = performance.now();
    let waitsFor: Promise<unknown> | undefined;
    try {
      waitsFor = this.#describeEnd(response, failure, error, endedAt);
    } catch (ownError) {
      reportOwnError("response", ownError, this.#record);
    }
    if (!this.isObserved) return;
    if (waitsFor === undefined) this.#close(undefined);
    else {
      waitsFor.then(
        () => this.#close(endedAt),
        (ownError: unknown) => {
          reportOwnError("content", ownError, this.#record);
          this.#close(endedAt);
        },
      );
    }
    this.#forget();
  }

  /** A time of `performance.now()` is what spans take. */
  #close(endedAt: number | undefined): void {
    if (this.#isRecording) this.#record.spansEnded += 1;
    else this.#record.notRecorded += 1;
    this.#span.end(endedAt);
  }

  /** The application may hold promise or stream for long. */
  #forget(): void {
    this.#requestAttributes = {};
    this.#headerAttributes = undefined;
    this.#fold = undefined;
    this.#capture = undefined;
    this.#uncounted = undefined;
    this.#client = undefined;
  }

  /** Returns what the span's end has to wait for, if anything. */
  #describeEnd(
    response: unknown,
    thrown: Failure | undefined,
    error: unknown,
    endedAt: number,
  ): Promise<unknown> | undefined {
    const method = this.#method;
    const attributes = response === undefined ? {} : method.response(response);
    if (response !== undefined) this.#uncounted?.count(attributes, response, this.#startAttributes);
    this.#describeServer();
    const failure = thrown ?? (response === undefined ? undefined : method.failure?.(response));
    const firstChunkSeconds =
      this.#firstChunkAt === undefined ? undefined : (this.#firstChunkAt - this.#startedAt) / 1000;
    if (this.#instruments !== undefined) {
      const responseModel = attributes[semconv.ATTR_GEN_AI_RESPONSE_MODEL];
      recordCall(this.#instruments, {
        operation: method.operation,
        dimensions: responseModel
          ? { ...this.#startAttributes, [semconv.ATTR_GEN_AI_RESPONSE_MODEL]: responseModel }
          : this.#startAttributes,
        response: attributes,
        durationSeconds: (endedAt - this.#startedAt) / 1000,
        timeToFirstChunkSeconds: firstChunkSeconds,
        errorType: failure?.type,
      });
    }
    if (!this.#isRecording) return undefined;
    if (this.#headerAttributes !== undefined) Object.assign(attributes, this.#headerAttributes);
    if (firstChunkSeconds !== undefined)
      attributes[semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] = firstChunkSeconds;
    if (failure !== undefined) this.#describeFailure(attributes, failure, error);
    const requestAttributes = this.#requestAttributes;
    const described = (): Attributes => ({ ...this.#startAttributes, ...requestAttributes, ...attributes });
    const waitsFor = this.#capture?.response(response, attributes, described, this.context);
    this.#span.setAttributes(attributes);
    if (thrown !== undefined) emitException(this.#tracing, this.context, error);
    return waitsFor;
  }

  /** A client library may learn its endpoint during the call. */
  #describeServer(): void {
    if (this.#client === undefined) return;
    const { baseUrl, attributes } = serverFacts(this.#adapter, this.#client);
    if (baseUrl === undefined) return;
    Object.assign(this.#startAttributes, attributes);
    this.#span.setAttributes(attributes);
  }

  #describeFailure(attributes: Attributes, failure: Failure, error: unknown): void {
    attributes[semconv.ATTR_ERROR_TYPE] = failure.type;
    if (failure.statusCode !== undefined) attributes[semconv.ATTR_HTTP_RESPONSE_STATUS_CODE] = failure.statusCode;
    const requestId = requestIdOf(error, this.#adapter);
    if (requestId !== undefined) attributes[semconv.ATTR_GENSPAN_RESPONSE_REQUEST_ID] = requestId;
    const { message } = failure;
    this.#span.setStatus({ code: SpanStatusCode.ERROR, ...(message !== undefined && { message }) });
  }
}
