import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A free port on the loopback address; another process could take it before it is used. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
