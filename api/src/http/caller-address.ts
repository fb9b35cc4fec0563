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
 * Whom a limit per address counts against. Behind a proxy it is the last address that the proxy wrote into `X-Forwarded-For`, if the
 * connection itself comes from a private network. A caller can't choose that one; those before it, it can.
 * Of IPv6 it is the /64, which is what one household has.
 */
export function callerAddress(c: AppContext, isBehindProxy: boolean): string {
  const bindings = nodeBindingsSchema.safeParse(c.env);
  const direct = bindings.success ? withoutMapping(bindings.data.incoming.socket.remoteAddress) : 'unknown';
  if (!isBehindProxy || !isPrivate(direct)) return household(direct);
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return household(isIP(forwarded) === 0 ? direct : withoutMapping(forwarded));
}

/** An IPv4 address as a socket of both families tells it, without the IPv6 around it. */
function withoutMapping(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

function isPrivate(address: string): boolean {
  return isIP(address) !== 0 && privateAddresses.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function household(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  return `${[...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ?? '').split(':')].slice(0, 4).join(':')}::/64`;
}
