/**
 * Plays recorded exchanges back over HTTP. Which one answers: the one that the path names (`/_c/ID/...`), or else the most
 * similar one, among one provider's only when the path says so (`/_p/PROVIDER/...`); 404 `replay_miss` where none fits.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { findCassette } from "./cassette-match.ts";
import { bodyPieces, type Cassette } from "./cassettes.ts";
import { listen, parseJson, type RunningServer, readBody, sendJson, sleep } from "./http.ts";

/** Ways in which an answer differs from the recorded one. Each may also come with a request, as header `x-replay-NAME`. */
export interface ReplayFaults {
  /** Destroys the connection after so many pieces. Header: `x-replay-cut`. */
  readonly cut?: number | undefined;
  /** Sends a stream in pieces of so many bytes instead of one event each. Header: `x-replay-split`. */
  readonly split?: number | undefined;
  /** Waits before each piece but the first. Header: `x-replay-delay`. */
  readonly delayMillis?: number | undefined;
  /** Answers with this status and the recorded body. Header: `x-replay-status`. */
  readonly status?: number | undefined;
}

export interface ReplayedRequest {
  readonly method: string;
  /** Path after the prefixes `/_c/ID` and `/_p/PROVIDER`. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Id of the recording that answered. */
  readonly cassette: string | undefined;
}

export interface ReplayServer extends RunningServer {
  readonly requests: readonly ReplayedRequest[];
}

/** Headers that describe the recorded connection and not the answer. */
const CONNECTION_HEADERS = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "keep-alive",
  "transfer-encoding",
]);

export async function startReplayServer(
  cassettes: readonly Cassette[],
  defaults: ReplayFaults = {},
): Promise<ReplayServer> {
  const byId = new Map(cassettes.map((cassette) => [cassette.id, cassette]));
  const requests: ReplayedRequest[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const { id, provider, path } = addressOf(request.url ?? "/");
    const method = request.method ?? "GET";
    const wanted = { method, path, provider, body: parseJson(body.toString("utf8")) };
    const cassette = id === undefined ? findCassette(cassettes, wanted) : byId.get(id);
    requests.push({ method, path, headers: request.headers, body, cassette: cassette?.id });
    if (cassette) await play(cassette, response, { ...defaults, ...faultsOf(request.headers) });
    else sendJson(response, 404, { error: { type: "replay_miss", message: `no recording fits ${id ?? path}` } });
  }

  const server = await listen((request, response) => {
    answer(request, response).catch(() => response.destroy()); // the client left while its request was read
  });
  return { ...server, requests };
}

function addressOf(url: string): { id?: string; provider?: string; path: string } {
  const prefixed = /^\/_([cp])\/([^/]+)(\/.*)?$/.exec(url);
  if (!prefixed) return { path: url };
  const [, kind, name = "", path = "/"] = prefixed;
  return kind === "c" ? { id: decodeURIComponent(name), path } : { provider: decodeURIComponent(name), path };
}

function faultsOf(headers: IncomingHttpHeaders): ReplayFaults {
  const named = { cut: "cut", split: "split", delayMillis: "delay", status: "status" } as const;
  return Object.fromEntries(
    Object.entries(named)
      .map(([fault, header]) => [fault, headers[`x-replay-${header}`]] as const)
      .filter(([, value]) => value !== undefined)
      .map(([fault, value]) => [fault, Number(value)]),
  );
}

async function play(cassette: Cassette, response: ServerResponse, faults: ReplayFaults): Promise<void> {
  const whole = bodyPieces(cassette.response);
  const isStream = cassette.response.sse !== undefined || whole.length > 1;
  const pieces = isStream ? resized(whole, faults.split) : whole;
  const headers = Object.fromEntries(
    Object.entries(cassette.response.headers).filter(([name]) => !CONNECTION_HEADERS.has(name.toLowerCase())),
  );
  response.sendDate = false; // clients that hand headers on would give another value each time
  response.writeHead(faults.status ?? cassette.response.status, headers);
  response.flushHeaders();
  for (const [index, piece] of pieces.entries()) {
    if (faults.cut !== undefined && index >= faults.cut) break;
    if (index > 0 && faults.delayMillis) await sleep(faults.delayMillis);
    if (response.destroyed) return;
    response.write(piece);
    // Each event leaves as a chunk of its own.
    await new Promise(setImmediate);
  }
  if (faults.cut === undefined) {
    response.end();
    return;
  }
  await sleep(5); // what was written reaches the client before the connection ends
  response.socket?.destroy();
}

function resized(pieces: readonly Buffer[], bytes: number | undefined): readonly Buffer[] {
  if (!bytes) return pieces;
  const whole = Buffer.concat(pieces);
  return Array.from({ length: Math.ceil(whole.length / bytes) }, (_, index) =>
    whole.subarray(index * bytes, (index + 1) * bytes),
  );
}
