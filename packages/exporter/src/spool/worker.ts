/** The worker thread of a spool: an entry of its own in the published package. */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { messageOf } from "../runtime/warn-once.ts";
import { MAX_RECORDS } from "./chunk.ts";
import type { Reply, Request, WorkerSettings } from "./messages.ts";
import { SpoolServer } from "./spool-server.ts";

/** What waits together is committed together, up to that many requests. */
const MAX_TOGETHER = 256;
/**
 * What waits for others to be committed with it, or for its own removal: few records. A full chunk is committed at once,
 * with those that came while the one before it was.
 */
function canWait(request: Request): boolean {
  if (request.type === "append") return request.chunk.count < MAX_RECORDS;
  return request.type === "remove" || request.type === "mark";
}

/** The content of a chunk is one piece of memory that nobody here needs any more: it changes hands without a copy. */
function transferable(message: Reply): ArrayBuffer[] {
  const body = message.type === "content" ? message.chunk?.body : undefined;
  return body instanceof Uint8Array && body.buffer instanceof ArrayBuffer ? [body.buffer] : [];
}

/** What is there already. Deno's port of the parent takes no such question: there each request is one of its own. */
function nextOf(port: MessagePort): Request | undefined {
  try {
    return (receiveMessageOnPort(port) as { readonly message: Request } | undefined)?.message; // as the client posts
  } catch {
    return undefined;
  }
}

const port = parentPort;
if (port !== null) {
  const reply = (message: Reply): void => port.postMessage(message, transferable(message));
  try {
    const settings = workerData as WorkerSettings; // as `SpoolClient` starts it
    const server = new SpoolServer(settings, reply);
    let requests: Request[] = [];
    let timer: NodeJS.Timeout | undefined;
    const handle = (): void => {
      clearTimeout(timer);
      timer = undefined;
      const gathered = requests;
      requests = [];
      server.handle(gathered);
    };
    port.on("message", (first: Request) => {
      for (let next: Request | undefined = first; next !== undefined; ) {
        requests.push(next);
        next = requests.length < MAX_TOGETHER ? nextOf(port) : undefined;
      }
      if (requests.length >= MAX_TOGETHER || !requests.every(canWait)) handle();
      else timer ??= setTimeout(handle, settings.gatherMillis);
    });
  } catch (error) {
    reply({ type: "failed", reason: messageOf(error) });
    port.close();
  }
}
