import { once } from 'node:events';
import { createServer } from 'node:http';
import { FakeClock, SeededRandom } from '@trolley/shared/testing';
import type { Transport } from '@trolley/shared/transport';
import { expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { RateTable } from '../relay/rate-table.ts';
import { testList as list } from '../testing/family.ts';
import { ForeignConnection } from './foreign-connection.ts';
import { loopbackUrl } from './loopback-url.ts';

const never = () => Promise.reject(new Error('not asked for here'));
/** A node that lets in and says nothing else. */
const silentNode: Transport = {
  connect: () => undefined,
  disconnect: () => undefined,
  pull: never,
  push: never,
  sendPresence: () => undefined,
  leave: () => undefined,
  listen: () => () => undefined,
};

it('R19 whoever has not said within ten seconds what they have is told 4400', async () => {
  const httpServer = createServer();
  const server = new WebSocketServer({ server: httpServer });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const [clock, random] = [new FakeClock(0), new SeededRandom(1)];
  const closed = Promise.withResolvers<undefined>();
  server.once('connection', (socket) => {
    new ForeignConnection({
      list,
      socket,
      transport: silentNode,
      clock,
      randomBytes: (byteLength) => random.bytes(byteLength),
      comparisons: new RateTable({ perSecond: 1, burst: 1 }),
      onClose: () => {
        closed.resolve(undefined);
      },
    });
  });
  const client = new WebSocket(loopbackUrl(httpServer));
  const ended = new Promise((resolve) => {
    client.once('close', resolve);
  });
  await once(client, 'open');
  await clock.advance(10_000);
  expect(await ended).toBe(4400);
  await closed.promise;
  expect(clock.pendingTimers).toBe(0);
  server.close();
  httpServer.close();
});
