import { ATTR_GEN_AI_PROVIDER_NAME, ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT } from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { ClientAdapter } from "../adapter.ts";

/** What is the same for all calls of one client. */
export interface ServerFacts {
  readonly baseUrl: string | undefined;
  /** Path of the base URL without a final slash. */
  readonly basePath: string;
  /** `gen_ai.provider.name`, `server.address`, `server.port`. */
  readonly attributes: Attributes;
}

const factsByClient = new WeakMap<object, ServerFacts>();

/** Computed once for a client, and again only if the application gave the client another base URL. */
export function serverFacts(adapter: ClientAdapter, client: object): ServerFacts {
  const baseUrl = adapter.baseUrl(client);
  const known = factsByClient.get(client);
  if (known !== undefined && known.baseUrl === baseUrl) return known;
  const facts = readServerFacts(adapter, client, baseUrl);
  factsByClient.set(client, facts);
  return facts;
}

function readServerFacts(adapter: ClientAdapter, client: object, baseUrl: string | undefined): ServerFacts {
  const url = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const attributes: Attributes = { [ATTR_GEN_AI_PROVIDER_NAME]: adapter.provider(client, url?.hostname ?? "", url) };
  if (url !== undefined) {
    attributes[ATTR_SERVER_ADDRESS] = url.hostname;
    attributes[ATTR_SERVER_PORT] = url.port !== "" ? Number(url.port) : url.protocol === "http:" ? 80 : 443;
  }
  return { baseUrl, basePath: url?.pathname.replace(/\/+$/, "") ?? "", attributes };
}
