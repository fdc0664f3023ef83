/** How a mock fails. What is not said otherwise happens after a request was read and before anything is stored. */
export type Fault =
  /** Nobody listens: connections are refused, open ones are reset. */
  | { readonly kind: "refuse" }
  /** An answer with this status; with 407 as a proxy would give it. */
  | {
      readonly kind: "status";
      readonly status: number;
      /** Header `Retry-After`: seconds, a date, or any text. */
      readonly retryAfter?: number | Date | string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Default: an error in the vendor's shape. */
      readonly body?: unknown;
    }
  /** No answer ever. Default of `stored`: false. */
  | { readonly kind: "hang"; readonly stored?: boolean }
  /** The answer comes late; what was sent is stored at once, or at the end. Default of `stored`: `first`. */
  | { readonly kind: "slow"; readonly millis: number; readonly stored?: "first" | "last" }
  /** The connection is reset: as soon as a request begins, before it is stored, or after that. */
  | { readonly kind: "reset"; readonly when: "while-sending" | "before-storing" | "after-storing" }
  /** All is stored, but the answer ends in the middle of its body. */
  | { readonly kind: "cut" }
  /** So many of the records of a request are refused, or this share of them where it is below 1. */
  | { readonly kind: "partial"; readonly rejected: number; readonly message?: string }
  /** All is stored; an OTLP answer says so with a message. */
  | { readonly kind: "warning"; readonly message: string }
  /** All is stored, but the body of the answer is this, of this type. */
  | { readonly kind: "reply"; readonly body: string | Buffer; readonly contentType?: string }
  /** Requests of more bytes, as they were sent, get 413. */
  | { readonly kind: "limit"; readonly bytes: number }
  /** Requests with such a record get this status. Default: 400. */
  | { readonly kind: "poison"; readonly when: (record: object) => boolean; readonly status?: number };

/** When a fault applies. Default: to every request from now on. */
export interface FaultWindow {
  /** To so many requests. */
  readonly times?: number;
  readonly forMillis?: number;
  /** Lasts longer than that until it applied to so many requests; not for `refuse`, which sees none. */
  readonly atLeast?: number;
  /** Begins later. */
  readonly afterMillis?: number;
  /** To requests whose path, without its query, matches. */
  readonly path?: RegExp;
}

export interface FaultHandle {
  /** Requests that it applied to. */
  readonly uses: number;
  /** Ends it now. */
  end(): void;
}
