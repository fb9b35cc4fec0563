import { BlockList, isIP, isIPv6 } from 'node:net';
import { z } from 'zod';
import type { AppContext } from './app-env.ts';

/** How @hono/node-server hands over the socket; absent when the app is called without one. */
const nodeBindingsSchema = z.object({
  incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }),
});

const privateAddresses = new BlockList();
privateAddresses.addSubnet('127.0.0.0', 8);
privateAddresses.addSubnet('10.0.0.0', 8);
privateAddresses.addSubnet('172.16.0.0', 12);
privateAddresses.addSubnet('192.168.0.0', 16);
privateAddresses.addAddress('::1', 'ipv6');
privateAddresses.addSubnet('fc00::', 7, 'ipv6');

/**
 * Whom a limit per address counts against. A public URL says that a proxy stands before us: then it is the last address that the proxy wrote
 * into `X-Forwarded-For`, if the connection itself comes from a private network. A caller can't choose that one; those before it, it can.
 */
export function callerAddress(c: AppContext, publicUrl: string | null): string {
  const bindings = nodeBindingsSchema.safeParse(c.env);
  const direct = bindings.success ? bindings.data.incoming.socket.remoteAddress : 'unknown';
  if (publicUrl === null || !isPrivate(direct)) return direct;
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return isIP(forwarded) === 0 ? direct : forwarded;
}

function isPrivate(address: string): boolean {
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  return isIP(plain) !== 0 && privateAddresses.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
