/** The worker thread of a spool: an entry of its own in the published package. */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { messageOf } from "../tell-once.ts";
import type { Reply, Request, WorkerSettings } from "./messages.ts";
import { SpoolServer } from "./spool-server.ts";

/** What waits together is committed together, up to that many requests. */
const MOST_TOGETHER = 256;

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
    const server = new SpoolServer(workerData as WorkerSettings, reply); // as `SpoolClient` starts it
    port.on("message", (first: Request) => {
      const requests = [first];
      while (requests.length < MOST_TOGETHER) {
        const next = nextOf(port);
        if (next === undefined) break;
        requests.push(next);
      }
      server.handle(requests);
    });
  } catch (error) {
    reply({ type: "failed", reason: messageOf(error) });
    port.close();
  }
}
