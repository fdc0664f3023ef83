import type { ClientAdapter } from "../adapter.ts";
import { isObject } from "../engine/read.ts";

/**
 * What is the same for the clients that Stainless generates from OpenAI-like descriptions (openai, groq-sdk,
 * together-ai): resources know their client, which has a `baseURL`, `post()` and its error classes as statics.
 *
 * @param errorClass static of the client class that other clients of the same generator do not have
 */
export function stainlessClient(
  errorClass: string,
): Required<Pick<ClientAdapter, "client" | "isClient" | "baseUrl" | "version">> {
  return {
    client: (resource) => objectOf(fields(resource)["_client"]),
    isClient: (value) =>
      typeof fields(value)["post"] === "function" && errorClass in fields(fields(value)["constructor"]),
    baseUrl: (client) => {
      const { baseURL } = client as Fields;
      return typeof baseURL === "string" ? baseURL : undefined;
    },
    version: (clientClass) => {
      const { getUserAgent } = fields((clientClass as Fields)["prototype"]);
      if (typeof getUserAgent !== "function") return undefined;
      // `OpenAI/JS 7.57.0`; the method reads nothing of the client but the name of its class.
      return /\d+\.\d+\.\d+\S*$/.exec(String(getUserAgent.call({ constructor: clientClass })))?.[0];
    },
  };
}

/** Entry files of such a client: `client` from version 1 of the generator on, `index` before. */
export function stainlessEntryFiles(clientClass: string): ClientAdapter["entryFiles"] {
  const files = ["client.mjs", "client.js", "index.mjs", "index.js"];
  return Object.fromEntries(files.map((file) => [file, [clientClass]]));
}

/** Properties of an object of the client library, any of which may be absent in another version. */
type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return isObject(value) ? (value as Fields) : {};
}

function objectOf(value: unknown): object | undefined {
  return isObject(value) ? value : undefined;
}
