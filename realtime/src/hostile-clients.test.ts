import { once } from 'node:events';
import { connect } from 'node:net';
import { toWire, type WireName } from '@trolley/shared/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testList as list, updatesFor } from './testing/family.ts';
import { RawClient } from './testing/raw-client.ts';
import { TestClient } from './testing/test-client.ts';
import { startTestNode, type TestNode } from './testing/test-node.ts';

const [milk = new Uint8Array()] = updatesFor(1, ['Milk']);
const place = { list, epoch: 0 };
const push = toWire('push', { ...place, update: Buffer.from(milk) });
const pull = toWire('pull', { ...place, cursor: 0, clientId: 7 });
/** An object by its fields in their order, everything else as it is. */
const wire = (name: WireName, message: object | null) =>
  message === null || Array.isArray(message) ? message : toWire(name, { ...message });

describe('a realtime node and those who mean it harm', () => {
  let node: TestNode;
  let hostile: RawClient;

  beforeEach(async () => {
    node = await startTestNode({ a: 'editor', b: 'editor' });
    node.admitUnnamed('a');
    hostile = await RawClient.connect(node.url);
  });
  afterEach(async () => {
    hostile[Symbol.dispose]();
    // Whatever was done to it, it serves the next who comes.
    using friend = await TestClient.open(node, 'b', 8);
    expect(await friend.push(milk)).toMatchObject({ ok: true });
    await node[Symbol.asyncDispose]();
    expect(node.warnings).toEqual([]);
  });

  /** Resolves when all that the hostile client has sent before has been dealt with. */
  const settled = async () => {
    hostile.emit(['pull', toWire('pull', { ...place, cursor: 0 })], 999);
    await hostile.answerTo(999);
  };

  it.each([
    ['no list', { epoch: 0, cursor: 0 }],
    ['a number for a list', { ...place, list: 7, cursor: 0 }],
    ['an array', [place]],
    ['a map where an array belongs', { list: [list], epoch: 0, cursor: 0 }],
    ['nothing', null],
    ['a prototype', { ...place, cursor: 0, clientId: { valueOf: 1 } }],
  ])('R10 a pull with %s is answered with a code', async (_what, request) => {
    hostile.emit(['pull', wire('pull', request)], 1);
    expect(await hostile.answerTo(1)).toMatchObject({ code: 'bad-request' });
  });

  it.each([
    ['an update in text', { ...place, update: 'AQID' }, 'bad-request'],
    ['an update as a map of numbers', { ...place, update: { 0: 1, 1: 2 } }, 'bad-request'],
    ['malformed bytes', { ...place, update: Buffer.from([255, 255, 255, 255]) }, 'update-rejected'],
    ['no bytes', { ...place, update: Buffer.alloc(0) }, 'update-rejected'],
    ['a list that does not exist', { ...place, list: 'a'.repeat(22), update: Buffer.from(milk) }, 'not-found'],
    ['an epoch to come', { ...place, epoch: 9, update: Buffer.from(milk) }, 'epoch-ahead'],
  ])('R10 a push with %s is answered with a code and stores nothing', async (_what, request, code) => {
    hostile.emit(['push', wire('push', request)], 1);
    expect(await hostile.answerTo(1)).toMatchObject({ code });
    expect(node.memory.committed(list)).toEqual([]);
  });

  it('R10 a call without a callback takes effect, or does not, and harms nobody', async () => {
    hostile.emit(['push', push]);
    hostile.emit(['pull', null]);
    hostile.emit(['push']);
    hostile.emit(['pull'], 1);
    hostile.emit(['push', push, 'not a callback', { nor: 'this' }]);
    await settled();
    await expect.poll(() => node.memory.committed(list).length).toBe(2);
  });

  it.each([
    ['of nobody', ['obey', { all: true }]],
    ['of Socket.IO itself', ['disconnect', 'because I say so']],
    ['of Node', ['error', { message: 'now' }]],
    ['of an emitter', ['newListener', 'pull']],
    ['of the node', ['update', toWire('update', { ...place, seq: 1, update: Buffer.from(milk) })]],
    ['that is a number', [7, 8]],
    ['that is a list', [['pull'], {}]],
    ['that cannot be a name', [{ toString: 1, valueOf: 1 }]],
    ['of a prototype', ['__proto__', {}]],
    ['that is nothing', [null]],
    ['that is missing', []],
  ])('R10 an event %s changes nothing', async (_what, data) => {
    using friend = await TestClient.open(node, 'b', 8);
    hostile.emit(['pull', pull], 1);
    await hostile.answerTo(1);
    hostile.emit(data);
    hostile.emit(data, 5);
    await settled();
    friend.events.length = 0;
    expect(await friend.push(milk)).toMatchObject({ ok: true });
    const isUpdate = ({ data: event }: { data?: unknown }) => Array.isArray(event) && event[0] === 'update';
    await hostile.next(isUpdate);
  });

  it.each([
    ['a packet that is none', Uint8Array.of(0xc1)],
    ['a frame that ends too early', Uint8Array.of(0x92, 0x01)],
    ['text where bytes belong', '4hello'],
    ['arrays in arrays, a hundred thousand deep', new Uint8Array(100_000).fill(0x91)],
    ['an array that claims to be endless', Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)],
  ])('R10 %s ends the connection of who sent it', async (_what, frame) => {
    hostile.sendFrame(frame);
    await hostile.closed;
  });

  it.each([
    ['of an unknown type', { type: 42, data: ['pull'] }],
    ['with an event that is no list', { type: 2, data: 'pull' }],
    ['that greets again', { type: 0 }],
  ])('R10 a packet %s ends the connection of who sent it', async (_what, packet) => {
    hostile.sendPacket(packet);
    await hostile.closed;
  });

  it('R10 an answer to what was never asked is ignored', async () => {
    hostile.sendPacket({ type: 3, id: 12, data: ['yes'] });
    await settled();
  });

  it('R9 whoever speaks before the session is known is cut off', async () => {
    using impatient = await RawClient.open(node.url);
    impatient.emit(['push', push], 1);
    await impatient.closed;
    expect(node.memory.committed(list)).toEqual([]);
  });

  it('R9 whoever greets again and again is looked up once, and cut off', async () => {
    let lookups = 0;
    const authenticate = node.log.authenticate.bind(node.log);
    node.log.authenticate = (credentials) => {
      lookups += 1;
      return authenticate(credentials);
    };
    using impatient = await RawClient.open(node.url);
    for (let greeting = 0; greeting < 50; greeting += 1) impatient.sendPacket({ type: 0 });
    await impatient.closed;
    expect(lookups).toBe(1);
  });

  it('R6 a seat that was hardly taken is free again when its connection breaks', async () => {
    const held = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    node.log.aroundPull.after = (count) => {
      if (count > 1) return;
      asked.resolve(undefined);
      return held.promise;
    };
    hostile.emit(['pull', pull], 1);
    await asked.promise;
    hostile[Symbol.dispose]();
    await hostile.closed;
    held.resolve(undefined);
    using friend = await TestClient.open(node, 'b', 8);
    const { message } = await friend.next('roster');
    expect(message.present.map(({ clientId }) => clientId)).toEqual([8]);
  });

  it.each(['/nowhere', '/yjs', '/socket.iox/'])(
    'R10 an upgrade of %s is refused, and may break off then',
    async (path) => {
      const { hostname, port } = new URL(node.url);
      const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 404 /);
      socket.resetAndDestroy();
      await settled();
    },
  );
});
