import type { Server } from 'node:http';

/** Where a server that listens can be reached from its own process. */
export function loopbackUrl(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return `http://${hostOf(address.address)}:${address.port}`;
}

/** What listens everywhere is reached at home; one that listens at one address, there. */
function hostOf(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '[::1]';
  return address.includes(':') ? `[${address}]` : address;
}
