import { type Exchange, MAX_REPLY_BYTES } from "./exchange.ts";

/** For runtimes without `node:http`, such as workers at the edge. */
export function fetchExchange(timeoutMillis: number): Exchange {
  return {
    async send(url, { method, headers, parts, onBodySent }) {
      const signal = AbortSignal.timeout(timeoutMillis);
      const body = Buffer.concat(parts);
      onBodySent?.(); // it was copied
      const response = await fetch(url, { method, headers, body, signal });
      const reply = await beginningOf(response);
      return { status: response.status, headers: Object.fromEntries(response.headers), body: reply };
    },
    close() {},
  };
}

/** Once there is a status, a body that is cut or never ends changes nothing. */
async function beginningOf(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let kept = 0;
  try {
    const reader = response.body?.getReader();
    while (reader !== undefined && kept < MAX_REPLY_BYTES) {
      const { value, done } = await reader.read();
      if (done) break;
      pieces.push(value.subarray(0, MAX_REPLY_BYTES - kept));
      kept += value.length;
    }
    await reader?.cancel();
  } catch {
    // What came so far is the beginning.
  }
  return Buffer.concat(pieces);
}
