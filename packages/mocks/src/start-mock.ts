import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Deciding, type Decision, decide } from "./decide.ts";
import type { Fault } from "./fault.ts";
import { FaultPlan } from "./fault-plan.ts";
import type { IntakeRequest } from "./intake.ts";
import type { JsonObject } from "./json.ts";
import { Listener } from "./listener.ts";
import type { Mock, MockOptions, MockRequest } from "./mock.ts";
import type { ReceivedLog, ReceivedSpan } from "./otlp/records.ts";
import { type Played, play } from "./play.ts";
import { decompress, readBody } from "./read-request.ts";
import { intakes, type MockName } from "./registry.ts";
import { Store, type StoredRecord } from "./store.ts";
import { CERTIFICATES } from "./tls/certificates.ts";

/** What the records of a mock are: as they were sent, or for OTLP as plain values. */
export type RecordOf<TName extends MockName> = TName extends "otlp" ? ReceivedSpan | ReceivedLog : JsonObject;

/**
 * Starts a server in the place of a vendor's intake. It checks credentials, content type, limits and every record, keeps
 * what is right once for each id, and fails as it is told.
 *
 * @example
 * const mock = await startMock("log10", { key: "token" });
 * mock.fail({ kind: "status", status: 503, retryAfter: 1 }, { times: 2 });
 */
export async function startMock<TName extends MockName>(
  name: TName,
  options: MockOptions = {},
): Promise<Mock<RecordOf<TName>>> {
  const server = new MockServer(name, options);
  await server.listener.open();
  return server as unknown as Mock<RecordOf<TName>>; // what the intake of that name makes
}

class MockServer implements Mock {
  readonly listener: Listener;
  readonly certificate: string | undefined;
  readonly requests: MockRequest[] = [];
  readonly #options: MockOptions;
  readonly #deciding: Deciding;
  readonly #store: Store;
  readonly #plan: FaultPlan;
  #inFlight = 0;
  #mostInFlight = 0;
  #isClosed = false;

  constructor(name: MockName, options: MockOptions) {
    const { host = "127.0.0.1", port = 0, tls, key, check, keepContent = true } = options;
    const certificate = tls === undefined ? undefined : CERTIFICATES[tls];
    this.#options = options;
    this.certificate = certificate?.cert;
    this.#store = new Store(keepContent);
    this.#deciding = { intake: intakes[name], key, check, store: this.#store };
    this.#plan = new FaultPlan(() => this.#refuseOrListen());
    this.listener = new Listener(
      { host, port, certificate },
      (request, response) => void this.#take(request, response),
    );
  }

  get url(): string {
    return this.listener.url;
  }

  get records(): readonly StoredRecord[] {
    return this.#store.list();
  }

  get size(): number {
    return this.#store.size;
  }

  get duplicates(): number {
    return this.#store.duplicates;
  }

  get problems(): readonly string[] {
    return this.requests.flatMap(({ problems }) => problems);
  }

  get mostInFlight(): number {
    return this.#mostInFlight;
  }

  has(id: string): boolean {
    return this.#store.has(id);
  }

  fail: Mock["fail"] = (fault, window = {}) => this.#plan.add(fault, window);

  heal(): void {
    this.#plan.clear();
  }

  async received(count: number, timeoutMillis: number = 5000): Promise<readonly StoredRecord[]> {
    const deadline = performance.now() + timeoutMillis;
    while (this.size < count) {
      if (performance.now() > deadline) throw new Error(`${this.size} of ${count} records after ${timeoutMillis} ms`);
      await sleep(5);
    }
    return this.records;
  }

  reset(): void {
    this.heal();
    this.requests.length = 0;
    this.#store.clear();
    this.#mostInFlight = 0;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#plan.clear();
    await this.listener.close();
  }

  #refuseOrListen(): void {
    if (this.#isClosed) return;
    void (this.#plan.isRefusing ? this.listener.refuse() : this.listener.open());
  }

  async #take(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = performance.now();
    this.#mostInFlight = Math.max(this.#mostInFlight, ++this.#inFlight);
    response.once("close", () => {
      this.#inFlight--;
    });
    message.on("error", () => undefined);
    response.on("error", () => undefined);
    const url = new URL(message.url ?? "/", "http://mock");
    const fault = this.#plan.take(url.pathname);
    const { played, bytes, text } = await this.#answer(message, response, url, fault);
    const entry: MockRequest = {
      method: message.method ?? "",
      path: message.url ?? "/",
      headers: message.headers,
      bytes,
      text,
      at,
      status: played.status,
      ids: played.decision?.ids ?? [],
      taken: played.decision?.taken ?? 0,
      problems: played.decision?.problems ?? [],
      fault: fault?.kind,
    };
    this.requests.push(entry);
    this.#options.onRequest?.(entry);
  }

  async #answer(
    message: IncomingMessage,
    response: ServerResponse,
    url: URL,
    fault: Fault | undefined,
  ): Promise<{ readonly played: Played; readonly bytes: number; readonly text: string }> {
    const nothing = { played: { status: undefined, decision: undefined }, bytes: 0, text: "" };
    if (fault?.kind === "reset" && fault.when === "while-sending") {
      message.socket.resetAndDestroy();
      return nothing;
    }
    const raw = await readBody(message);
    if (raw === undefined) return nothing;
    const request = requestOf(message, url, raw);
    const { intake } = this.#deciding;
    const decideOnce = (): Decision => decide(request, raw.byteLength, fault, this.#deciding);
    const played = await play(fault, { request, response, intake, decide: decideOnce });
    const text = this.#options.keepContent === false ? "" : request.body.toString("utf8");
    return { played, bytes: raw.byteLength, text };
  }
}

function requestOf({ method = "", headers }: IncomingMessage, url: URL, raw: Buffer): IntakeRequest {
  // What cannot be unzipped is nothing that a route can read.
  const body = decompress(raw, headers["content-encoding"]) ?? Buffer.from([0xff]);
  return { method, path: url.pathname, query: url.searchParams, headers, body };
}
