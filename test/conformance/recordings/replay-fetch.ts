/** Sends what a client means for the recorded host to the replay server, so that its recording answers. */
import type { Cassette } from "../../support/cassettes.ts";

/** Where a request for this path of the recorded host goes on the replay server. */
export const replayPath = (cassette: Cassette): string => `/_c/${cassette.id}`;

/** A `fetch` for the client's options. */
export function replayFetch(cassette: Cassette, replayUrl: string): typeof fetch {
  return (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const target = `${replayUrl}${replayPath(cassette)}${pathname}${search}`;
    return input instanceof Request ? fetch(new Request(target, input), init) : fetch(target, init);
  };
}

/** Scheme and host that the recording was made against: `https://api.openai.com`. */
export function recordedOrigin({ request: { host } }: Cassette): string {
  return `${/^(localhost|\d)/.test(host) ? "http" : "https"}://${host}`;
}

/** The recorded path without its query. */
export const recordedRoute = ({ request }: Cassette): string => request.path.replace(/\?.*$/, "");
