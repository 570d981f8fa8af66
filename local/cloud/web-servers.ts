import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Another process listens there. */
export class PortTaken extends Error {
  override readonly name = "PortTaken";
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is taken.`);
    this.port = port;
  }
}

/**
 * A web server that only this machine reaches, with a host name that browsers treat as secure.
 *
 * @throws PortTaken
 */
export async function listenLocally(port: number): Promise<{ server: Server; address: string }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new PortTaken(port) : error);
    });
    server.listen(port, "localhost", resolve);
  });
  return { server, address: `http://localhost:${(server.address() as AddressInfo).port}` };
}

/** Ends open connections, too. Sockets that were upgraded must have been ended by whoever upgraded them. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
