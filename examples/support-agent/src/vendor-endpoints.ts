import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Mock, type MockName, type MockRequest, startMock } from "@genspan/mocks";

export interface Delivered {
  readonly name: string;
  readonly file: string;
  readonly requests: readonly string[];
  readonly count: number;
  readonly unit: "record" | "span";
  readonly problems: readonly string[];
}

export interface VendorEndpoints {
  readonly urls: Readonly<Record<DemoName, string>>;
  close(): Promise<void>;
  delivered(): readonly Delivered[];
}

const NAMES = [
  "log10",
  "noveum",
  "keywords-ai",
  "galileo",
  "galileo-ingest",
  "cyberpod",
  "otlp",
] as const satisfies readonly MockName[];
type DemoName = (typeof NAMES)[number];

/** Where a request holds many records, each is a line of its own; elsewhere a line is the request as it came. */
const HOLDS_MANY: readonly DemoName[] = ["noveum", "keywords-ai"];

/** A server in the place of every vendor and of an OTLP collector. What arrives is written to JSON Lines files. */
export async function startVendorEndpoints(folder: string, key: string): Promise<VendorEndpoints> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const fileOf = (name: DemoName): string => join(folder, `${name}.jsonl`);
  const started = NAMES.map(async (name) => {
    const keep = (request: MockRequest): void => {
      if (request.taken > 0) appendFileSync(fileOf(name), linesOf(name, mock, request));
    };
    const mock: Mock = await startMock(name, { ...(name !== "otlp" && { key }), onRequest: keep });
    return [name, mock] as const;
  });
  const mocks = await Promise.all(started);
  const urls = Object.fromEntries(mocks.map(([name, { url }]) => [name, url])) as Record<DemoName, string>; // of all names
  return {
    urls,
    close: async () => void (await Promise.all(mocks.map(([, mock]) => mock.close()))),
    delivered: () =>
      mocks.map(([name, { requests, size, problems }]) => ({
        name,
        file: fileOf(name),
        requests: requests.map(({ method, path }) => `${method} ${path.replace(/\?.*/, "")}`),
        count: size,
        unit: name === "otlp" ? "span" : "record",
        problems,
      })),
  };
}

function linesOf(name: DemoName, mock: Mock, { text, ids }: MockRequest): string {
  if (!HOLDS_MANY.includes(name)) return `${text}\n`;
  const wanted = new Set(ids);
  const records = mock.records.filter(({ id }) => wanted.has(id));
  return records.map(({ record }) => `${JSON.stringify(record)}\n`).join("");
}
