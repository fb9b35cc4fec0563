import { once } from 'node:events';
import type { Server } from 'node:net';
import { ConfigError } from './settings.ts';

/**
 * Listens and answers with the port, which is a free one where 0 was asked for.
 *
 * @throws ConfigError where the address can't be had.
 */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new ConfigError(`PORT=${port} is in use by another program`);
    if (code === 'EACCES') throw new ConfigError(`PORT=${port} may not be used without more rights`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new ConfigError(`HOST=${host} is no address of this machine`);
    }
    throw error;
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
