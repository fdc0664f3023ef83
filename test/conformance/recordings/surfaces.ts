/** How a recording of each surface is asked again through the client, and which surfaces cannot be. */
import OpenAI, { toFile } from "openai";
import type { Cassette, FormField } from "../../support/cassettes.ts";

export interface Surface {
  /** What follows the base URL in the recorded path. */
  readonly suffix: string;
  /** Makes the recorded call; the body is the provider's and was checked by nobody, as in an application. */
  call(client: OpenAI, cassette: Cassette): PromiseLike<unknown>;
}

/** The recorded body, which the client is given as it is: bodies of other libraries hold fields that its types do not know. */
const body = (cassette: Cassette): never => structuredClone(cassette.request.body) as never;

async function form(cassette: Cassette): Promise<never> {
  const fields = await Promise.all((cassette.request.multipart ?? []).map(formEntry));
  return Object.fromEntries(fields) as never; // as above
}

async function formEntry({ name, value, filename, bytes }: FormField): Promise<[string, unknown]> {
  if (filename === undefined) return [name, value];
  return [name, await toFile(new Uint8Array(bytes ?? 0), filename)]; // the recording keeps the length only
}

export const SURFACES: Readonly<Record<string, Surface | undefined>> = {
  "chat.completions": {
    suffix: "/chat/completions",
    call: (client, cassette) => client.chat.completions.create(body(cassette)),
  },
  completions: { suffix: "/completions", call: (client, cassette) => client.completions.create(body(cassette)) },
  responses: { suffix: "/responses", call: (client, cassette) => client.responses.create(body(cassette)) },
  embeddings: { suffix: "/embeddings", call: (client, cassette) => client.embeddings.create(body(cassette)) },
  moderations: { suffix: "/moderations", call: (client, cassette) => client.moderations.create(body(cassette)) },
  "images.generations": {
    suffix: "/images/generations",
    call: (client, cassette) => client.images.generate(body(cassette)),
  },
  "images.edits": {
    suffix: "/images/edits",
    call: async (client, cassette) => client.images.edit(await form(cassette)),
  },
  "images.variations": {
    suffix: "/images/variations",
    call: async (client, cassette) => client.images.createVariation(await form(cassette)),
  },
  "audio.transcriptions": {
    suffix: "/audio/transcriptions",
    call: async (client, cassette) => client.audio.transcriptions.create(await form(cassette)),
  },
  "audio.translations": {
    suffix: "/audio/translations",
    call: async (client, cassette) => client.audio.translations.create(await form(cassette)),
  },
};

const UNTRACED: Readonly<Record<string, string>> = {
  assistants: "a deprecated surface of which no method is traced",
  "responses.retrieve": "fetches a response that another call made; not traced in this version",
  "responses.compact": "is no model call of the conventions; not traced in this version",
};

/** Why a recording is not replayed, or undefined where it is. */
export function notReplayed(cassette: Cassette): string | undefined {
  const surface = SURFACES[cassette.api];
  if (!surface) return UNTRACED[cassette.api] ?? "the client has no method for this surface";
  const path = cassette.request.path.replace(/\?.*$/, "");
  return path.endsWith(surface.suffix) ? undefined : `the path ${path} is not the client's`;
}

/**
 * A client that believes it talks to the recorded host, so that server and provider are those of the recording; its
 * requests go to the replay server.
 */
export function clientFor(cassette: Cassette, replayUrl: string): OpenAI {
  const { host, path } = cassette.request;
  const [route = "", query = ""] = path.split("?");
  const prefix = route.slice(0, -(SURFACES[cassette.api]?.suffix.length ?? 0));
  const scheme = /^(localhost|\d)/.test(host) ? "http" : "https";
  return new OpenAI({
    apiKey: "key",
    baseURL: `${scheme}://${host}${prefix}`,
    defaultQuery: Object.fromEntries(new URLSearchParams(query)),
    maxRetries: 0,
    fetch: (url, init) => {
      const { pathname, search } = new URL(url instanceof Request ? url.url : url);
      return fetch(`${replayUrl}/_c/${cassette.id}${pathname}${search}`, init);
    },
  });
}
