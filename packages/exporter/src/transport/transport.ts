import type { Endpoint } from "@genspan/mapping/core";
import type { SendResult } from "../destination.ts";

/** One HTTP request, as data. */
export interface TransportRequest {
  /** Absolute URL. */
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** The body in pieces that follow each other, where it lies in several: asking for `body` puts them together. */
  readonly parts?: readonly Uint8Array[] | undefined;
  /** To be called, if at all, when the parts are not read any more: their memory is written again then. */
  readonly onBodySent?: (() => void) | undefined;
  /** Default: `none`. */
  readonly compression?: "gzip" | "none" | undefined;
  /** HTTP statuses after which the same request may be sent again. */
  readonly retryableStatuses: readonly number[];
  /** For an endpoint that answers 2xx where it refuses single records: what it refused, by the beginning of its reply. */
  readonly refusalIn?: Endpoint<object>["refusalIn"] | undefined;
  /** For a receiver that answers 2xx and says how many of the batch it did not take, for good. */
  readonly rejectedIn?: ((reply: Uint8Array) => Rejected | undefined) | undefined;
}

/** How many of a batch were refused for good, and why. A count of 0 is a warning. */
export interface Rejected {
  readonly count: number;
  readonly message: string;
}

/** Sends bytes. Answers are values: `send` never rejects. */
export interface Transport {
  send(request: TransportRequest): Promise<SendResult>;
  /** Closes idle connections. */
  shutdown(): Promise<void>;
}
