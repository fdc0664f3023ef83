import type { IncomingHttpHeaders } from "node:http";

/** A request as a mock reads it: unzipped. */
export interface IntakeRequest {
  readonly method: string;
  /** Path without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One record of a request. */
export interface IntakeRecord {
  /** By which the vendor knows it again: the same record twice is one. */
  readonly id: string;
  readonly record: object;
  /** What is not as documented, one clause each. */
  readonly problems: readonly string[];
}

export type Reading =
  | { readonly status: "read"; readonly records: readonly IntakeRecord[] }
  /** It cannot be read at all. */
  | { readonly status: "malformed"; readonly reason: string };

/** A record after the mock decided about it. */
export interface Judged extends IntakeRecord {
  /** `stored`: it is new. `repeated`: it was there already. `refused`: it has problems. */
  readonly outcome: "stored" | "repeated" | "refused";
}

export interface Reply {
  readonly status: number;
  /** JSON, unless it is bytes. */
  readonly body: unknown;
  readonly contentType?: string;
}

export interface Route {
  readonly methods: readonly string[];
  readonly path: RegExp;
  /** What the content type must be. */
  readonly contentType: RegExp;
  /** Most bytes of a request, unzipped; 413 beyond. */
  readonly maxBytes?: number;
  /** Most records of a request; 400 beyond. */
  readonly maxRecords?: number;
  readonly read: (request: IntakeRequest, match: RegExpExecArray) => Reading;
  /** Whether a record with problems costs only itself. Otherwise the whole request is refused. */
  readonly refusesSingly?: boolean;
  readonly answer: (records: readonly Judged[], request: IntakeRequest) => Reply;
}

/** What a mock must know of the vendor in whose place it is. Data and pure functions; it never listens. */
export interface Intake {
  /** As written on the command line, such as `keywords-ai`. */
  readonly name: string;
  readonly title: string;
  /** What the vendor calls one record. */
  readonly recordName: string;
  /** @returns what is wrong with the credentials; undefined where nothing is. `key` is the one to expect, if any. */
  readonly refusesKey: (headers: IncomingHttpHeaders, key: string | undefined) => string | undefined;
  readonly routes: readonly Route[];
  /** The status for records that are not as documented, where not only these are refused. */
  readonly invalidStatus: number;
  /** The body of an error, in the vendor's shape where one is documented. */
  readonly error: (status: number, reason: string) => unknown;
  /** One line about a record, for who watches. */
  readonly summary: (record: object) => string;
}
