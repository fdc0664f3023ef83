import { isObject, isRecord, record, text } from "../engine/read.ts";

type Provider = () => Promise<unknown>;

/**
 * Where a client sends its requests. The library keeps endpoint and region as asynchronous functions even where they were
 * given as text, and asks them for every request. They are asked here once for a client, as soon as it is known; until
 * they have answered, which takes some microtasks, the server is not known.
 */
export function baseUrlOf(client: object): string | undefined {
  const known = resolved_.get(client);
  if (known !== undefined) return known.url;
  const entry: { url: string | undefined } = { url: undefined };
  resolved_.set(client, entry);
  resolveEndpoint(record((client as { readonly config?: unknown }).config)).then(
    (url) => {
      entry.url = url;
    },
    // The application's own call fails for the same reason, and tells.
    () => resolved_.delete(client),
  );
  return undefined;
}

const resolved_ = new WeakMap<object, { url: string | undefined }>();

/** In the library's own order: an endpoint of the code, one of environment or profile, the rules of the service. */
async function resolveEndpoint(config: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  const { endpoint, serviceConfiguredEndpoint, endpointProvider, region, useFipsEndpoint, useDualstackEndpoint } =
    config;
  const given = (await ask(endpoint)) ?? (await ask(serviceConfiguredEndpoint));
  if (given !== undefined) return urlText(given);
  if (typeof endpointProvider !== "function") return undefined;
  const parameters = {
    Region: await ask(region),
    UseFIPS: await ask(useFipsEndpoint),
    UseDualStack: await ask(useDualstackEndpoint),
  };
  // The rules of the service: a function without side effects, whose answer the library caches.
  const resolved: unknown = endpointProvider(parameters, { logger: undefined });
  return urlText(record(resolved)["url"]);
}

function ask(provider: unknown): Promise<unknown> {
  return typeof provider === "function" ? (provider as Provider)() : Promise.resolve(undefined);
}

/** Text, a `URL`, or the library's own `{ protocol, hostname, port, path }`. */
function urlText(value: unknown): string | undefined {
  if (typeof value === "string" || value instanceof URL) return String(value);
  if (!isObject(value) || !isRecord(value)) return undefined;
  if (value["url"] !== undefined) return urlText(value["url"]);
  const { protocol, hostname, port, path } = value;
  if (text(hostname) === undefined) return undefined;
  return `${text(protocol) ?? "https:"}//${String(hostname)}${typeof port === "number" ? `:${port}` : ""}${text(path) ?? ""}`;
}
