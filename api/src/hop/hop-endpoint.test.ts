import { once } from 'node:events';
import { createServer, IncomingMessage, type Server } from 'node:http';
import { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import {
  answerMessages,
  callMessages,
  decodeRefusal,
  hopCalls,
  hopLimits,
  hopPath,
  type HopCallName,
} from '@trolley/shared/hop';
import { createListId } from '@trolley/shared/protocol';
import { listen } from '@trolley/shared/process';
import { FakeClock, MemoryLog } from '@trolley/shared/testing';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { recordLog } from '../testing/log-lines.ts';
import { HopEndpoint } from './hop-endpoint.ts';

const serviceToken = 's'.repeat(32);
const list = createListId(randomBytes);
const askHeads = hopCalls.heads.request.encode([list]);

describe('connections of relays', () => {
  let log: MemoryLog;
  let clock: FakeClock;
  let endpoint: HopEndpoint;
  let server: Server;
  let url: string;
  const relays: WebSocket[] = [];

  beforeEach(async () => {
    log = new MemoryLog();
    clock = new FakeClock();
    endpoint = new HopEndpoint({ log, serviceToken, clock, logger: recordLog().logger });
    server = createServer({ shouldUpgradeCallback: (request) => endpoint.takes(request) }, (_request, response) => {
      response.end('no relay');
    });
    server.on('upgrade', (request, socket, head) => {
      endpoint.accept(request, socket, head);
    });
    url = `http://127.0.0.1:${await listen(server, { host: '127.0.0.1', port: 0 })}`;
  });
  afterEach(async () => {
    for (const relay of relays.splice(0)) relay.terminate();
    server.close();
    server.closeAllConnections();
    if (server.listening) await once(server, 'close');
  });

  const connect = (authorization = `Bearer ${serviceToken}`, path: string = hopPath) => {
    const relay = new WebSocket(url + path, { headers: { authorization }, perMessageDeflate: false });
    relays.push(relay);
    return relay;
  };
  const open = async () => {
    const relay = connect();
    await once(relay, 'open');
    return relay;
  };
  const send = (relay: WebSocket, id: number, kind: HopCallName = 'heads', frame: Uint8Array = askHeads) => {
    relay.send(callMessages.encode({ id, kind, frame }));
  };
  const receive = async (relay: WebSocket) => {
    const [message] = z.tuple([z.instanceof(Uint8Array), z.boolean()]).parse(await once(relay, 'message'));
    return answerMessages.decode(message);
  };
  /** Keeps calls for heads waiting. Returns how they go on. */
  const holdHeads = () => {
    const held = Promise.withResolvers<undefined>();
    log.heads = async () => {
      await held.promise;
      return new Map();
    };
    return () => {
      held.resolve(undefined);
    };
  };

  it('R13 bring calls and take their answers, each by its number', async () => {
    const letGo = holdHeads();
    const relay = await open();
    send(relay, 4_294_967_295);
    const answered = receive(relay);
    send(relay, 7, 'roles', hopCalls.roles.request.encode([]));
    expect(await answered).toMatchObject({ id: 7, kind: 'answer' });
    letGo();
    expect(await receive(relay)).toMatchObject({ id: 4_294_967_295, kind: 'answer' });
  });

  it.each([
    ['no token', ''],
    ['another token', `Bearer ${'x'.repeat(32)}`],
    ['half of it', `Bearer ${serviceToken.slice(1)}`],
    ['no scheme', serviceToken],
  ])('R13 are not for whoever has %s, and no code is told', async (_what, authorization) => {
    await expect(once(connect(authorization), 'open')).rejects.toThrow('Unexpected server response: 401');
  });

  it('R13 may break off while they are sent away', async () => {
    const socket = new PassThrough();
    const { promise: closed, resolve } = Promise.withResolvers<undefined>();
    socket.on('close', () => {
      resolve(undefined);
    });
    endpoint.accept(new IncomingMessage(new Socket()), socket, Buffer.alloc(0));
    // Nobody listening for it, this would end the process.
    socket.destroy(new Error('reset'));
    await closed;
  });

  it('R13 come to one address; what else asks for an upgrade is answered without one', async () => {
    await expect(once(connect(undefined, '/api/v1/me'), 'open')).rejects.toThrow('Unexpected server response: 200');
  });

  it.each([
    ['text', 'hello'],
    ['half a number', Uint8Array.of(0, 0)],
    ['a call of no name', Uint8Array.of(0, 0, 0, 1, 250, 0)],
  ])('R13 end when they bring %s', async (_what, message) => {
    const relay = await open();
    relay.send(message);
    expect((await once(relay, 'close'))[0]).toBe(1007);
  });

  it('R13 end when a frame is larger than they may be', async () => {
    const relay = await open();
    send(relay, 1, 'append', new Uint8Array(hopLimits.maxRequestBytes + 1));
    expect((await once(relay, 'close'))[0]).toBe(1009);
  });

  it('S43 bring no more at once than a bound, all together, and are told when to come again', async () => {
    const letGo = holdHeads();
    const [one, two] = [await open(), await open()];
    for (let id = 0; id < 500; id += 1) send(one, id);
    const refused = receive(one);
    send(one, 500);
    expect(await refused).toMatchObject({ id: 500, kind: 'refusal' });
    const alsoRefused = receive(two);
    send(two, 0);
    expect(decodeRefusal((await alsoRefused).frame)).toMatchObject({ code: 'busy', retryAfterMs: 1_000 });
    const answered = receive(one);
    letGo();
    expect(await answered).toMatchObject({ kind: 'answer' });
    const taken = receive(two);
    send(two, 1);
    expect(await taken).toMatchObject({ id: 1, kind: 'answer' });
  });

  it('S45 end when what has come is answered; what comes then is sent elsewhere', async () => {
    const letGo = holdHeads();
    const relay = await open();
    send(relay, 1);
    send(relay, 2, 'roles', hopCalls.roles.request.encode([]));
    await receive(relay);
    const closed = endpoint.close();
    const sentAway = receive(relay);
    send(relay, 3);
    expect(await sentAway).toMatchObject({ id: 3, kind: 'going' });
    const late = connect();
    await expect(once(late, 'open')).rejects.toThrow('Unexpected server response: 503');
    const answered = receive(relay);
    const goodBye = once(relay, 'close');
    letGo();
    expect(await answered).toMatchObject({ id: 1, kind: 'answer' });
    expect((await goodBye)[0]).toBe(1001);
    await closed;
  });

  it('S45 do not keep an api from ending: a relay that stands still, a call that hangs', async () => {
    holdHeads();
    const [hanging, still] = [await open(), await open()];
    send(hanging, 1);
    send(still, 1, 'roles', hopCalls.roles.request.encode([]));
    await receive(still);
    still.pause();
    const beganAtMs = clock.nowMs();
    let isClosed = false;
    void endpoint.close().then(() => {
      isClosed = true;
    });
    await expect
      .poll(async () => {
        await clock.advance(1_000);
        return isClosed;
      })
      .toBe(true);
    expect(clock.nowMs() - beganAtMs).toBe(10_000);
  });
});
