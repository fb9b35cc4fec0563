import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { createLogId, protocolVersion, pushRequestSchema } from '@trolley/shared/protocol';
import { createSocketTransport, type Transport, type TransportEvent } from '@trolley/shared/sync';
import { Decoder, Encoder, fromWire, toWire } from '@trolley/shared/wire';
import { Server, type Socket } from 'socket.io';
import { parse } from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testList as list, updatesFor } from './testing/family.ts';

const [milk = new Uint8Array()] = updatesFor(1, ['Milk']);
const log = createLogId((byteLength) => new Uint8Array(byteLength));
const hello = { protocol: protocolVersion, log, nowMs: 0 };

/** A node that does what the test says, right or wrong. */
describe('the transport over Socket.IO', () => {
  let httpServer: HttpServer;
  let server: Server;
  let transport: Transport;
  let events: TransportEvent[];
  let sockets: Socket[];

  beforeEach(async () => {
    httpServer = createServer();
    server = new Server(httpServer, { parser: { Decoder, Encoder }, transports: ['websocket'] });
    httpServer.listen(0, '127.0.0.1');
    await once(httpServer, 'listening');
    sockets = [];
    server.on('connection', (socket) => {
      sockets.push(socket);
    });
    const address = httpServer.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    transport = createSocketTransport({ url: `http://127.0.0.1:${port}`, connectTimeoutMs: 200 });
    events = [];
    transport.listen((event) => events.push(event));
  });
  afterEach(async () => {
    transport.disconnect();
    await server.close();
  });

  const kinds = () => events.map((event) => (event.kind === 'close' ? `close: ${event.reason}` : event.kind));
  const greet = (greeting: Record<string, unknown> = hello) =>
    server.on('connection', (socket) => socket.emit('hello', toWire('hello', greeting)));
  const open = async () => {
    greet();
    transport.connect();
    await expect.poll(kinds).toEqual(['open']);
  };
  const pull = (timeoutMs = 5_000) => transport.pull({ list, epoch: 0, cursor: 0 }, timeoutMs);

  it('P18 opens when the node has greeted, and not before', async () => {
    const arrived = once(server, 'connection');
    transport.connect();
    await arrived;
    expect(kinds()).toEqual([]);
    sockets[0]?.emit('hello', toWire('hello', { ...hello, nowMs: 123 }));
    await expect.poll(() => events).toEqual([{ kind: 'open', serverNowMs: 123, log }]);
  });

  it.each([
    ['of another version', { ...hello, protocol: protocolVersion + 1 }],
    ['that cannot be read', { protocol: 'newest' }],
  ])('P18 does not go on after a greeting %s', async (_what, greeting) => {
    greet(greeting);
    transport.connect();
    await expect.poll(kinds).toEqual(['close: outdated']);
    await expect(pull()).rejects.toThrow('not connected');
  });

  it('P1 gives up a node that lets it in and never greets, and can try again', async () => {
    transport.connect();
    await expect.poll(kinds).toEqual(['close: lost']);
    greet();
    transport.connect();
    await expect.poll(kinds).toEqual(['close: lost', 'open']);
  });

  it('P1 reports one loss when there is no node', async () => {
    await server.close();
    transport.connect();
    await expect.poll(kinds).toEqual(['close: lost']);
  });

  it('P19 reports it when the node goes away, and its calls fail at once', async () => {
    await open();
    const pending = pull();
    server.disconnectSockets(true);
    await expect(pending).rejects.toThrow();
    await expect.poll(kinds).toEqual(['open', 'close: dismissed']);
    await expect(pull()).rejects.toThrow('not connected');
  });

  it('P1 reports one loss when the connection breaks, and its calls fail at once', async () => {
    await open();
    const pending = pull();
    sockets[0]?.conn.close();
    await expect(pending).rejects.toThrow();
    await expect.poll(kinds).toEqual(['open', 'close: lost']);
  });

  it('P19 reports when a node without time wants it back', async () => {
    const refusal = { code: 'busy', message: 'Too many come at once.', retryAfterMs: 700 };
    server.use((_socket, next) => {
      next(Object.assign(new Error(refusal.code), { data: refusal }));
    });
    transport.connect();
    await expect.poll(() => events).toEqual([{ kind: 'close', reason: 'lost', retryAfterMs: 700 }]);
  });

  it('P1 reports no loss when it is ended from here, and its calls fail at once', async () => {
    await open();
    const pending = pull();
    transport.disconnect();
    await expect(pending).rejects.toThrow();
    transport.connect();
    await expect.poll(kinds).toEqual(['open', 'open']);
  });

  it('P1 fails a call that is not answered in time, and stays open', async () => {
    await open();
    await expect(pull(20)).rejects.toThrow();
    expect(kinds()).toEqual(['open']);
  });

  it('P11 fails a call whose answer is none of the protocol’s', async () => {
    await open();
    const answers: unknown[] = [null, [], ['owner'], { code: 'unheard of', message: '' }];
    sockets[0]?.on('pull', (_request, ack: (answer: unknown) => void) => {
      ack(answers.shift());
    });
    for (let call = 0; call < 4; call += 1) await expect(pull()).rejects.toThrow();
  });

  it('P11 drops messages that do not fit, and takes those that do, bytes and all', async () => {
    await open();
    const [socket] = sockets;
    socket?.emit('update', toWire('update', { list, epoch: 0, seq: 'first', update: Buffer.from(milk) }));
    socket?.emit('roster', toWire('roster', { list, present: 'nobody' }));
    socket?.emit('access', toWire('access', { list, role: 'king' }));
    socket?.emit('head', null);
    socket?.emit('presence', toWire('presence', { list, awareness: 'here' }));
    socket?.emit('update', toWire('update', { list, epoch: 0, seq: 1, update: Buffer.from(milk) }));
    await expect.poll(kinds).toEqual(['open', 'update']);
    const last = events.at(-1);
    expect(last?.kind === 'update' && [...last.message.update]).toEqual([...milk]);
  });

  it('P4 sends exactly the bytes of an update, though it is part of something larger', async () => {
    await open();
    const part = Uint8Array.of(9, 9, ...milk, 9).subarray(2, 2 + milk.length);
    const received: number[][] = [];
    sockets[0]?.on('push', (request: unknown, ack: (answer: unknown) => void) => {
      received.push([...parse(pushRequestSchema, fromWire('push', request)).update]);
      ack(toWire('pushed', { epoch: 0, seq: 1 }));
    });
    expect(await transport.push({ list, epoch: 0, update: part }, 5_000)).toMatchObject({ ok: true });
    expect(received).toEqual([[...milk]]);
  });

  it('P17 sends presence and goodbyes only while it is connected', async () => {
    const said: string[] = [];
    server.on('connection', (socket) => {
      socket.onAny((event: string) => said.push(event));
    });
    transport.sendPresence({ list, awareness: Uint8Array.of(0) });
    transport.leave({ list });
    await open();
    transport.sendPresence({ list, awareness: Uint8Array.of(0) });
    transport.leave({ list });
    await expect.poll(() => said).toEqual(['presence', 'leave']);
  });
});
