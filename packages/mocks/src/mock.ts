import type { IncomingHttpHeaders } from "node:http";
import type { Fault, FaultHandle, FaultWindow } from "./fault.ts";
import type { StoredRecord } from "./store.ts";
import type { CertificateName } from "./tls/certificates.ts";

export interface MockOptions {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: any that is free. */
  readonly port?: number;
  /** The key that is accepted. Default: any, but one must be there where the vendor asks for one. */
  readonly key?: string;
  /** Speaks HTTPS with a certificate that nobody trusts, or that nobody should. */
  readonly tls?: CertificateName;
  /** A further check of each record: what is wrong with it, one clause each. */
  readonly check?: ((record: object) => readonly string[]) | undefined;
  /** Keep the content of records, not just their ids. Default: true. */
  readonly keepContent?: boolean;
  /** Told of every request when it is over. */
  readonly onRequest?: (request: MockRequest) => void;
}

/** One request, and what became of it. */
export interface MockRequest {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Bytes as they were sent, zipped or not. */
  readonly bytes: number;
  /** The body as text, unzipped; empty where content is not kept. */
  readonly text: string;
  /** `performance.now()` at arrival: times of requests can be compared, clocks may be set. */
  readonly at: number;
  /** The status of the answer; undefined where there was none. */
  readonly status: number | undefined;
  /** Ids of the records that it held, whatever became of them. */
  readonly ids: readonly string[];
  /** How many of them were stored or were there already. */
  readonly taken: number;
  /** What was wrong with it or its records. */
  readonly problems: readonly string[];
  /** The fault that was played. */
  readonly fault: Fault["kind"] | undefined;
}

/** A server in the place of a vendor's intake. */
export interface Mock<T extends object = object> {
  /** Origin without a slash at the end, such as `http://127.0.0.1:40001`. */
  readonly url: string;
  /** The certificate in PEM, for clients that are to trust it. */
  readonly certificate: string | undefined;
  /** Requests that were answered, refused or ended, in the order in which that happened. */
  readonly requests: readonly MockRequest[];
  /** What was stored; the same record twice is one. */
  readonly records: readonly StoredRecord<T>[];
  /** How many records. */
  readonly size: number;
  /** Copies beyond the first of each record. */
  readonly duplicates: number;
  /** Every problem of every request. */
  readonly problems: readonly string[];
  /** Most requests that were on their way at the same moment. */
  readonly mostInFlight: number;
  has(id: string): boolean;
  /** Has it fail. Several faults queue up: for each request the first that applies is played. */
  fail(fault: Fault, window?: FaultWindow): FaultHandle;
  /** Ends every fault. */
  heal(): void;
  /** Waits until so many records are stored; rejects after the timeout. Default: 5000. */
  received(count: number, timeoutMillis?: number): Promise<readonly StoredRecord<T>[]>;
  /** Forgets requests, records and faults. */
  reset(): void;
  /** Stops listening and resets every open connection. */
  close(): Promise<void>;
}
