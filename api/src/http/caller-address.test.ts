import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { AppEnv } from './app-env.ts';
import { callerAddress } from './caller-address.ts';

async function addressOf(remoteAddress: string, forwardedFor: string | null, isBehindProxy: boolean): Promise<string> {
  const app = new Hono<AppEnv>();
  app.get('/', (c) => c.text(callerAddress(c, isBehindProxy)));
  const headers: Record<string, string> = forwardedFor === null ? {} : { 'x-forwarded-for': forwardedFor };
  const response = await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } });
  return response.text();
}

describe('the address that limits count against', () => {
  it('S24 is the connection where no proxy stands before us, whatever a header says', async () => {
    expect(await addressOf('203.0.113.5', '198.51.100.1', false)).toBe('203.0.113.5');
    expect(await addressOf('203.0.113.5', '198.51.100.1', true)).toBe('203.0.113.5');
  });

  it('S24 is what the proxy wrote where one does, not what the caller wrote before it', async () => {
    expect(await addressOf('10.0.0.2', '6.6.6.6, 198.51.100.1', true)).toBe('198.51.100.1');
    expect(await addressOf('::ffff:127.0.0.1', '198.51.100.1', true)).toBe('198.51.100.1');
    expect(await addressOf('10.0.0.2', 'nonsense', true)).toBe('10.0.0.2');
    expect(await addressOf('10.0.0.2', null, true)).toBe('10.0.0.2');
  });

  it('S24 is a household: of an IPv6 address the first half', async () => {
    expect(await addressOf('2001:db8:1:2:aaaa::1', null, false)).toBe('2001:db8:1:2::/64');
    expect(await addressOf('2001:db8::1', null, false)).toBe('2001:db8:0:0::/64');
    expect(await addressOf('::ffff:203.0.113.5', null, false)).toBe('203.0.113.5');
  });
});
