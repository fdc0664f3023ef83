import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/** A port that nobody listens on, and that the system gives to nobody who asks for any. */
export interface PortHold {
  release(): Promise<void>;
}

/**
 * Connects from the port to a server of our own: as long as the connection stands, the system gives the port to nobody
 * who asks for any, and refuses who connects to it. Otherwise another server might be given it, and get what was meant for this one.
 */
export async function holdPort(host: string, port: number): Promise<PortHold> {
  const anchor = createServer((socket) => void socket.on("error", () => undefined));
  anchor.listen(0, host);
  await once(anchor, "listening");
  const { port: anchorPort } = anchor.address() as AddressInfo; // a TCP server that listens has a port
  const socket = connect({ host, port: anchorPort, localAddress: host, localPort: port });
  // Without the connection the fault is played all the same.
  await Promise.race([once(socket, "connect"), once(socket, "close")]).catch(() => undefined);
  socket.on("error", () => undefined);
  return {
    async release() {
      const closed = once(anchor, "close");
      socket.resetAndDestroy();
      anchor.close();
      await closed;
    },
  };
}
