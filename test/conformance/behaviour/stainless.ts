/** What the drivers of clients that Stainless generates have in common. */
import type { Ask, Driver } from "./driver.ts";

/** Second argument of a call. */
export const requestOptions = ({ signal, timeoutMillis }: Ask): { signal?: AbortSignal; timeout?: number } => ({
  ...(signal && { signal }),
  ...(timeoutMillis !== undefined && { timeout: timeoutMillis }),
});

type Common = "options" | "understands" | "isStainless" | "abort" | "errors" | "errorClasses";

/**
 * @param errorClass name of the library's own base class of errors
 * @param since first major version that understands the ways of asking
 * @param path of the client's base URL, below the provider's address
 */
export function stainless(errorClass: string, { since = 0, path = "" } = {}): Pick<Driver, Common> {
  return {
    options: ({ url, retries = 0, fetch }) => ({
      apiKey: "key",
      baseURL: `${url}${path}`,
      maxRetries: retries,
      ...(fetch && { fetch }),
    }),
    understands: { fetch: since, retries: since, signal: since, timeout: since },
    isStainless: true,
    abort: (streamed: { readonly controller: AbortController }) => streamed.controller.abort(),
    errors: {
      refused: /^(invalid_request_error|BadRequestError|400)$/,
      unreachable: /^(APIConnectionError|ECONNREFUSED)$/,
      aborted: /^APIUserAbortError$/,
      timeout: /^(APIConnectionTimeoutError|timeout)$/,
    },
    errorClasses: [errorClass, "APIError", "BadRequestError", "APIConnectionError", "APIUserAbortError"],
  };
}
