import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { readSyncMessage } from '@trolley/shared/foreign';
import { FakeClock } from '@trolley/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { ForeignSocket } from './foreign-socket.ts';
import { loopbackUrl } from './loopback-url.ts';

describe('the socket of a Yjs client', () => {
  let httpServer: Server;
  let server: WebSocketServer;
  let client: WebSocket | undefined;

  beforeEach(async () => {
    httpServer = createServer();
    server = new WebSocketServer({ server: httpServer });
    httpServer.listen(0, '127.0.0.1');
    await once(httpServer, 'listening');
  });
  afterEach(async () => {
    client?.terminate();
    server.close();
    httpServer.close();
    await once(httpServer, 'close');
  });

  const connect = async (options: { autoPong: boolean }) => {
    const clock = new FakeClock(0);
    const frames: unknown[] = [];
    const closed = Promise.withResolvers<undefined>();
    const accepted = new Promise<ForeignSocket>((resolve) => {
      server.once('connection', (socket) => {
        const onMessage = (frame: Uint8Array | null) => frames.push(frame);
        const onClose = () => {
          closed.resolve(undefined);
        };
        resolve(new ForeignSocket(socket, clock, { onMessage, onClose }));
      });
    });
    client = new WebSocket(loopbackUrl(httpServer), options);
    const socket = await accepted;
    if (client.readyState !== client.OPEN) await once(client, 'open');
    return { clock, socket, client, frames, closed: closed.promise };
  };
  /** Lets a beat pass, and what the client says to it. */
  const beat = async ({ clock, client: from }: { clock: FakeClock; client: WebSocket }) => {
    const pinged = once(from, 'ping');
    const message = new Promise((resolve) => {
      from.once('message', (data) => {
        resolve(data instanceof Uint8Array ? readSyncMessage(data) : null);
      });
    });
    await clock.advance(10_000);
    await pinged;
    return message;
  };

  it('R19 hears something every ten seconds, which says nothing of nobody', async () => {
    const there = await connect({ autoPong: true });
    there.socket.setPaused(false);
    for (let count = 0; count < 6; count += 1) {
      expect(await beat(there)).toEqual({ kind: 'awareness', bytes: Buffer.of(0) });
      // A pong has come when something that was sent after it has.
      there.client.send(Uint8Array.of(count));
      await expect.poll(() => there.frames.length).toBe(count + 1);
    }
  });

  it('R19 is ended when it has answered nothing for two beats', async () => {
    const there = await connect({ autoPong: false });
    there.socket.setPaused(false);
    await beat(there);
    await beat(there);
    await there.clock.advance(10_000);
    await there.closed;
    expect(there.clock.pendingTimers).toBe(0);
  });

  it('R19 is not ended while nobody reads it', async () => {
    const there = await connect({ autoPong: true });
    for (let count = 0; count < 6; count += 1) await beat(there);
    there.client.send('later');
    there.socket.setPaused(false);
    await expect.poll(() => there.frames).toEqual([null]);
  });

  it('R19 ends for sure, also when the other side does not', async () => {
    const there = await connect({ autoPong: true });
    there.client.pause();
    there.socket.end({ code: 4400, reason: 'bad-request' });
    await there.clock.advance(2_000);
    await there.closed;
    expect(there.clock.pendingTimers).toBe(0);
  });
});
