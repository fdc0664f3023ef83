import type { z } from "zod";
import type { GenAISpan } from "./engine/genai-span.ts";
import type { ReadableSpanLike } from "./engine/readable-span.ts";
import type { FieldDescription, MappingInput } from "./engine/rows.ts";
import type { Trace } from "./engine/trace.ts";

/** What a record is made of: one span, or all spans of a trace. */
export type Unit = "span" | "trace";

/** The bytes of one request to a vendor, as data: whoever sends it knows no vendor. */
export interface EndpointRequest {
  /** Absolute URL. */
  readonly url: string;
  readonly method: "POST" | "PUT";
  /** Content type and authentication included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The span that a record was made of: its root, where the record holds a trace. */
export interface RecordSource {
  readonly traceId: string;
  readonly spanId: string;
}

/** What a reply of status 2xx says was not taken all the same. */
export interface Refusal {
  /** Without content of records. */
  readonly reason: string;
  /** Whether the same request may be sent again; otherwise a part of its records may fare better. */
  readonly retryable: boolean;
}

/** Where records go and what surrounds them on the wire. Data and pure functions; it never fetches. */
export interface Endpoint<TRecord> {
  /** Most records in one request; 1 where the vendor takes single records. */
  readonly maxRecords: number;
  /** Most bytes in one request, where the vendor documents a limit. */
  readonly maxBytes?: number;
  /** Records of different groups never share a request (Galileo: project and log stream). Default: one group. */
  readonly groupOf?: (record: TRecord) => string;
  /**
   * @param records between 1 and `maxRecords` records of one group.
   * @param sources where known, the span of each record: an id for vendors that take ids outside the record.
   */
  readonly request: (records: readonly TRecord[], sources?: readonly RecordSource[]) => EndpointRequest;
  /** HTTP statuses after which the same request may be sent again. */
  readonly retryableStatuses: readonly number[];
  /** For an endpoint that answers 2xx where it refuses single records. `body` is the beginning of the reply, 2 kB. */
  readonly refusalIn?: (body: string) => Refusal | undefined;
}

/** Why there is nowhere to send records to: a missing option, or a vendor that documents no write path. */
export interface NoEndpoint {
  readonly unavailable: string;
}

/**
 * Records of another kind that spans give beside their own, such as scores of a call. They are sent by the same endpoint,
 * after the record of their span; only where the unit is a span.
 */
export interface Companion<TRecord extends object = object> {
  /** What the vendor calls one of them, such as `Feedback`. */
  readonly recordName: string;
  readonly schema: z.ZodType<TRecord>;
  /** Of records that either kind may be. */
  readonly recognises: (record: object) => boolean;
  /** Which option turns them on: what is not asked for is not sent. Absent where it is on. */
  readonly offUntil?: string;
  /** Names of span events that they carry. */
  readonly events: readonly string[];
  /** Whether `map` may give any of a span; false where it is off. */
  readonly accepts: (span: GenAISpan) => boolean;
  /** Empty for a span that gives none. Same input, same output. */
  readonly map: (input: Omit<MappingInput<never>, "options">) => readonly TRecord[];
}

/** A vendor with its options in place: pure functions from spans to records. */
export interface VendorFormat<TRecord extends object = object> {
  /** Name of the format, such as `galileo-ingest`. */
  readonly name: string;
  /** What the vendor calls one record, such as `Completion`. */
  readonly recordName: string;
  readonly unit: Unit;
  /** The documented record. */
  readonly schema: z.ZodType<TRecord>;
  /**
   * What the vendor documents of a record that somebody else has made, where those that we make are narrower or say
   * more. Default: `schema`.
   */
  readonly readSchema?: (record: object) => z.ZodType;
  /** Whether a span becomes a record (unit `span`) or a part of one (unit `trace`). */
  readonly accepts: (span: GenAISpan) => boolean;
  /** For unit `trace`: whether the accepted spans of a trace are worth a record. Default: yes. */
  readonly wantsTrace?: (trace: Trace) => boolean;
  /** Makes the record of one span, or of a trace whose root is `input.span`. Same input, same output. */
  readonly map: (input: Omit<MappingInput<never>, "options">) => TRecord;
  readonly companion?: Companion;
  /**
   * Makes the spans of a record: the way back of `map`, as far as the record goes. It reads what is there and throws on
   * nothing; a record that is made of these spans again is the same record.
   */
  readonly decode: (record: unknown) => readonly ReadableSpanLike[];
  /**
   * Fields that follow from other records or from the options of whoever wrote the record: nothing is lost with them
   * when a record is read. Named as in `tables`, with the path from the top of the record.
   */
  readonly following?: readonly string[];
  readonly endpoint: Endpoint<TRecord> | NoEndpoint;
  /** The field tables of the record and of the objects in it, for docs and `explain`. */
  readonly tables: readonly FieldTable[];
}

/** The fields of one documented object, in the order of its document. */
export interface FieldTable {
  /** Name of the documented object, such as `Trace` or `Span`. */
  readonly title: string;
  readonly fields: readonly FieldDescription[];
}

/** What a vendor folder writes down; `defineVendor` makes a `Vendor` of it. */
export interface VendorDefinition<TRecord extends object, TOptions> {
  /** As written in configuration and on the command line. */
  readonly name: string;
  /** Other names that users write, such as `respan` for `keywords-ai`. */
  readonly aliases?: readonly string[];
  /** The vendor's own name, such as `Keywords AI`. */
  readonly title: string;
  /** The document that the record was taken from, and when it was read. */
  readonly document: { readonly title: string; readonly read: string };
  /** Reads the user's options, fills in defaults; unknown keys are refused. */
  readonly optionsSchema: z.ZodType<TOptions>;
  /** Environment variables from which options may come: option name to variable names, the first that is set wins. */
  readonly environment: Readonly<Record<string, readonly string[]>>;
  /** Its `name` is this definition's. */
  readonly format: (options: TOptions) => Omit<VendorFormat<TRecord>, "name">;
}

/** A vendor as the registry holds it. */
export interface Vendor extends Omit<VendorDefinition<object, never>, "optionsSchema" | "format"> {
  /** Names of all options that {@link configure} takes. */
  readonly optionNames: readonly string[];
  /**
   * Puts the options in place.
   * @throws {VendorOptionsError} with one sentence for each wrong option.
   */
  readonly configure: (options?: unknown) => VendorFormat;
}
