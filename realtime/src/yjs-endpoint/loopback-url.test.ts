import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { loopbackUrl } from './loopback-url.ts';

it.each(['127.0.0.1', '0.0.0.0', '::', '::1', undefined])('R19 a server on %s reaches itself', async (host) => {
  const server = createServer((_request, response) => response.end('here'));
  server.listen(0, host);
  await once(server, 'listening');
  try {
    const response = await fetch(loopbackUrl(server));
    expect(await response.text()).toBe('here');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
