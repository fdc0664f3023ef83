import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { holdPort, type PortHold } from "./hold-port.ts";
import type { Certificate } from "./tls/certificates.ts";

export interface ListenerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly certificate: Certificate | undefined;
}

/** A server that can refuse connections for a while and then listen on the same port again. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #listener: RequestListener;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #hold: PortHold | undefined;
  #port: number;
  /** Changes are made one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: ListenerOptions, listener: RequestListener) {
    this.#options = options;
    this.#listener = listener;
    this.#port = options.port;
  }

  /** Origin without a slash at the end. */
  get url(): string {
    const { host, certificate } = this.#options;
    return `${certificate === undefined ? "http" : "https"}://${host}:${this.#port}`;
  }

  /** Rejects where the port is taken. */
  open(): Promise<void> {
    return this.#then(() => this.#listen());
  }

  /** Nobody listens for a while, and every open connection is reset; the port is kept from others. */
  refuse(): Promise<void> {
    return this.#then(async () => {
      await this.#shut();
      this.#hold ??= await holdPort(this.#options.host, this.#port);
    });
  }

  /** Gives the port up as well. */
  close(): Promise<void> {
    return this.#then(async () => {
      await this.#shut();
      await this.#release();
    });
  }

  #then(change: () => Promise<void>): Promise<void> {
    const changed = this.#last.then(change);
    this.#last = changed.catch(() => undefined);
    return changed;
  }

  async #listen(): Promise<void> {
    if (this.#server !== undefined) return;
    await this.#release();
    const { certificate, host } = this.#options;
    const server =
      certificate === undefined ? createServer(this.#listener) : createTlsServer(certificate, this.#listener);
    // Clients keep connections; the server must not end one just when a request is on its way.
    server.keepAliveTimeout = 60_000;
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    server.on("tlsClientError", () => undefined); // what the client says about it is the client's to tell
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, host, resolve);
    });
    this.#port = (server.address() as AddressInfo).port; // a TCP server that listens has a port
    this.#server = server;
  }

  async #release(): Promise<void> {
    const hold = this.#hold;
    this.#hold = undefined;
    await hold?.release();
  }

  async #shut(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }
}
