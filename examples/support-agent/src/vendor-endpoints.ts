import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { decodeOtlpTraces } from "@genspan/mapping";
import { listen, readAll } from "./model-server.ts";

/** How an endpoint in the place of a vendor's wants to be spoken to, and what it answers. */
interface EndpointRules {
  /** Path below `/<name>`, without its query. */
  readonly path: RegExp;
  readonly isAuthorised: (headers: IncomingHttpHeaders) => boolean;
  readonly recordsOf: (body: string) => readonly unknown[];
  /** Default: one for each record. */
  readonly count?: (records: readonly unknown[]) => number;
  /** Default: 200. */
  readonly status?: number;
  /** As the vendor documents it; default: an empty object. */
  readonly answer?: (records: readonly unknown[]) => unknown;
}

const one = (body: string): readonly unknown[] => [JSON.parse(body)];
const bearer = ({ authorization }: IncomingHttpHeaders) => authorization === "Bearer demo-key";
const basic = ({ authorization }: IncomingHttpHeaders) => authorization === `Basic ${btoa("demo:demo-key")}`;
const galileoKey = (headers: IncomingHttpHeaders) => headers["galileo-api-key"] === "demo-key";

const RULES: Readonly<Record<string, EndpointRules>> = {
  log10: {
    path: /^\/api\/v1\/completions$/,
    isAuthorised: (headers) =>
      headers["x-log10-token"] === "demo-key" && headers["x-log10-organization"] === "org_demo",
    recordsOf: one,
    status: 201,
    answer: ([completion]) => completion,
  },
  // Elasticsearch's bulk API: a line that says where, a line that is the document.
  noveum: {
    path: /^\/_bulk$/,
    isAuthorised: basic,
    recordsOf: (body) =>
      body
        .trim()
        .split("\n")
        .filter((_line, index) => index % 2 === 1)
        .map((line) => JSON.parse(line)),
    answer: () => ({ errors: false }),
  },
  "keywords-ai": {
    path: /^\/api\/v1\/traces\/ingest$/,
    isAuthorised: bearer,
    recordsOf: (body) => JSON.parse(body),
    answer: (records) => ({ success: true, ingested_count: records.length }),
  },
  galileo: { path: /^\/traces$/, isAuthorised: galileoKey, recordsOf: one },
  "galileo-ingest": {
    path: /^\/projects\/[^/]+\/traces$/,
    isAuthorised: galileoKey,
    recordsOf: one,
    answer: () => ({ traces_count: 1 }),
  },
  cyberpod: { path: /^\/api\/v1\/telemetry\/traces$/, isAuthorised: bearer, recordsOf: one },
  otlp: { path: /^\/v1\/traces$/, isAuthorised: () => true, recordsOf: one, count: spansIn },
};

/** How many spans OTLP requests hold. */
function spansIn(requests: readonly unknown[]): number {
  const decoded = requests.map((request) => decodeOtlpTraces(request));
  return decoded.reduce((sum, result) => sum + (result.status === "decoded" ? result.spans.length : 0), 0);
}

export interface Delivered {
  readonly name: string;
  readonly file: string;
  readonly requests: readonly string[];
  readonly count: number;
  readonly unit: "record" | "span";
}

/** One server in the place of every vendor and of an OTLP collector. What arrives is written to JSON Lines files. */
export async function startVendorEndpoints(folder: string) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const delivered = new Map<string, { requests: string[]; count: number }>();

  const server = createServer(async (request, response) => {
    const body = await readAll(request);
    const [, name = "", path = ""] = /^\/([^/]+)(\/[^?]*)/.exec(request.url ?? "") ?? [];
    const rules = RULES[name];
    const refusal = !rules?.path.test(path) ? 404 : rules.isAuthorised(request.headers) ? undefined : 401;
    const records = rules && refusal === undefined ? rules.recordsOf(body) : [];
    if (refusal === undefined) {
      const entry = delivered.get(name) ?? { requests: [], count: 0 };
      entry.requests.push(`${request.method} ${path}`);
      entry.count += rules?.count?.(records) ?? records.length;
      delivered.set(name, entry);
      appendFileSync(join(folder, `${name}.jsonl`), records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    }
    response.writeHead(refusal ?? rules?.status ?? 200, { "content-type": "application/json" });
    response.end(JSON.stringify(refusal === undefined ? (rules?.answer?.(records) ?? {}) : { error: refusal }));
  });
  const url = await listen(server);
  return {
    url,
    close: () => server.close(),
    delivered: (): readonly Delivered[] =>
      Object.keys(RULES).map((name) => ({
        name,
        file: join(folder, `${name}.jsonl`),
        requests: delivered.get(name)?.requests ?? [],
        count: delivered.get(name)?.count ?? 0,
        unit: name === "otlp" ? "span" : "record",
      })),
  };
}
