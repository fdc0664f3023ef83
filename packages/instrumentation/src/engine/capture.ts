import * as semconv from "@genspan/semconv";
import type { Attributes, Context, Span } from "@opentelemetry/api";
import type { Body, MethodAdapter } from "../adapter.ts";
import { asJsonText, type ContentAttributes, inputContent, outputContent } from "./content.ts";
import { emitDetails } from "./events.ts";
import { boundMedia, hasLargeMedia } from "./media.ts";
import { rawJson } from "./raw.ts";
import { parseStack } from "./stacktrace.ts";
import type { Tracing } from "./tracing.ts";

/** What the user asked to have recorded of one call beyond its figures: content, raw bodies, the caller's stack. */
export class Capture {
  readonly #method: MethodAdapter;
  readonly #tracing: Tracing;
  readonly #span: Span;
  readonly #stack: string | undefined;
  readonly #rawChunks: unknown[] | undefined;
  readonly #wantsContent: boolean;
  #input: ContentAttributes = {};
  /** Media of the request are on their way. */
  #pending: Promise<unknown> | undefined;

  constructor(method: MethodAdapter, tracing: Tracing, span: Span, isStreaming: boolean, stack: string | undefined) {
    this.#method = method;
    this.#tracing = tracing;
    this.#span = span;
    this.#stack = stack;
    this.#rawChunks = tracing.captureRaw && isStreaming ? [] : undefined;
    this.#wantsContent = tracing.contentOnSpan || tracing.contentInEvent;
  }

  /** Content joins the other attributes of the request, unless it has media that take time. */
  request(body: Body, attributes: Attributes): void {
    const { contentOnSpan, captureRaw, media } = this.#tracing;
    if (captureRaw) attributes[semconv.ATTR_GENSPAN_RAW_REQUEST] = rawJson(body);
    if (!this.#wantsContent || this.#method.input === undefined) return;
    this.#input = inputContent(this.#method.input(body));
    if (!hasLargeMedia(this.#input, media)) {
      if (contentOnSpan) Object.assign(attributes, asJsonText(this.#input, this.#tracing.contentMaxLength));
      return;
    }
    this.#pending = boundMedia(this.#input, media).then((bounded) => {
      this.#input = bounded;
      if (contentOnSpan) this.#span.setAttributes(asJsonText(bounded, this.#tracing.contentMaxLength));
    });
  }

  chunk(chunk: unknown): void {
    this.#rawChunks?.push(this.#method.rawChunk === undefined ? chunk : this.#method.rawChunk(chunk));
  }

  /**
   * Adds to the attributes of the response. `described` are all attributes of the call, for the event. Returns what the
   * span's end has to wait for, if anything.
   */
  response(
    response: unknown,
    attributes: Attributes,
    described: () => Attributes,
    context: Context,
  ): Promise<unknown> | undefined {
    this.#describeRaw(response, attributes);
    if (!this.#wantsContent) return undefined;
    const { output } = this.#method;
    const content = response === undefined || output === undefined ? {} : outputContent(output(response));
    const { contentOnSpan, contentInEvent, media } = this.#tracing;
    const emit = (bounded: ContentAttributes): void => {
      if (contentInEvent) emitDetails(this.#tracing, context, { ...described(), ...this.#input, ...bounded });
    };
    if (this.#pending === undefined && !hasLargeMedia(content, media)) {
      emit(content);
      if (contentOnSpan) Object.assign(attributes, asJsonText(content, this.#tracing.contentMaxLength));
      return undefined;
    }
    return Promise.all([boundMedia(content, media), this.#pending]).then(([bounded]) => {
      emit(bounded);
      if (contentOnSpan) this.#span.setAttributes(asJsonText(bounded, this.#tracing.contentMaxLength));
    });
  }

  #describeRaw(response: unknown, attributes: Attributes): void {
    if (this.#stack !== undefined) {
      attributes[semconv.ATTR_GENSPAN_STACKTRACE] = JSON.stringify(parseStack(this.#stack));
    }
    if (this.#rawChunks !== undefined) attributes[semconv.ATTR_GENSPAN_RAW_CHUNKS] = rawJson(this.#rawChunks);
    else if (this.#tracing.captureRaw && response !== undefined) {
      attributes[semconv.ATTR_GENSPAN_RAW_RESPONSE] = rawJson(response);
    }
  }
}
