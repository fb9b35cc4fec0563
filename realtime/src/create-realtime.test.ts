import { ListDocument, Presence } from '@trolley/shared/document';
import { limits } from '@trolley/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { largeUpdate, person, testList as list, updatesFor } from './testing/family.ts';
import { TestClient } from './testing/test-client.ts';
import { homeOrigin, startTestNode, type TestNode } from './testing/test-node.ts';

const [milk = new Uint8Array(), bread = new Uint8Array()] = updatesFor(1, ['Milk', 'Bread']);

describe('a realtime node', () => {
  let node: TestNode;
  const clients: TestClient[] = [];

  beforeEach(async () => {
    node = await startTestNode({ a: 'editor', b: 'editor', v: 'viewer' });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client[Symbol.dispose]();
    await node[Symbol.asyncDispose]();
    expect(node.warnings).toEqual([]);
  });

  const open = async (letter: string, clientId?: number) => {
    const client = await TestClient.open(node, letter, clientId);
    clients.push(client);
    return client;
  };
  const refused = async (letter: string, headers: Record<string, string> = {}) => {
    const client = new TestClient(node, letter, headers);
    clients.push(client);
    client.transport.connect();
    const { reason } = await client.next('close');
    expect(client.events).toHaveLength(1);
    return reason;
  };
  const updates = (client: TestClient) => client.events.filter(({ kind }) => kind === 'update');

  it('R9 lets nobody in without a session', async () => {
    expect(await refused('stranger')).toBe('unauthenticated');
  });

  it('R9 lets no page of another origin in, and those of its own', async () => {
    expect(await refused('a', { origin: 'http://evil.test' })).toBe('lost');
    const home = new TestClient(node, 'a', { origin: homeOrigin });
    clients.push(home);
    home.transport.connect();
    await home.next('open');
  });

  it('R9 says that the store is away, not that there is no session', async () => {
    node.log.authenticate = () => Promise.reject(new Error('no store'));
    expect(await refused('a')).toBe('lost');
    expect(node.warnings.splice(0)).toHaveLength(1);
  });

  it('P18 greets with its clock', async () => {
    const { events } = await open('a');
    const [greeting] = events;
    expect(greeting?.kind === 'open' && Math.abs(greeting.serverNowMs - Date.now()) < 60_000).toBe(true);
  });

  it('R2 carries an edit to the others, byte for byte', async () => {
    const [a, b] = [await open('a', 7), await open('b', 8)];
    const view = Uint8Array.of(1, 2, ...milk, 3).subarray(2, 2 + milk.length);
    expect(await a.push(view)).toEqual({ ok: true, value: { epoch: 0, seq: 1 } });
    const { message } = await b.next('update');
    expect({ ...message, update: [...message.update] }).toEqual({ list, epoch: 0, seq: 1, update: [...milk] });
    expect(updates(a)).toEqual([]);
  });

  it('R1 answers with what was missed, byte for byte', async () => {
    const a = await open('a', 7);
    await a.push(milk);
    await a.push(bread);
    const answer = await (await open('v')).pull({ cursor: 1 });
    expect(answer).toMatchObject({ ok: true, value: { role: 'viewer', epoch: 0, head: 2 } });
    expect(answer.ok && answer.value.updates.map((update) => [...update])).toEqual([[...bread]]);
  });

  it('R6 shows who comes, and no more who closes the list, the app or the connection', async () => {
    const a = await open('a', 7);
    const here = async (...clientIds: number[]) => {
      const { message } = await a.next(
        'roster',
        ({ message: { present } }) => present.map(({ clientId }) => clientId).join() === clientIds.join(),
      );
      a.events.length = 0;
      return message.present;
    };
    await here(7);
    const b = await open('b', 8);
    const { memberId, name, color } = person('b');
    expect((await here(7, 8))[1]).toEqual({ memberId, name, color, clientId: 8 });
    b.transport.leave({ list });
    await here(7);
    await b.pull({ clientId: 9 });
    await here(7, 9);
    b.transport.disconnect();
    await here(7);
  });

  it('R5 carries presence to the others only', async () => {
    const [a, b] = [await open('a', 7), await open('b', 8)];
    const presence = new Presence(new ListDocument({ clientId: 7 }));
    const awareness = presence.encodeLocal();
    presence.dispose();
    a.transport.sendPresence({ list, awareness });
    const { message } = await b.next('presence');
    expect([message.list, [...message.awareness]]).toEqual([list, [...awareness]]);
    await a.push(milk);
    expect(a.events.filter(({ kind }) => kind === 'presence')).toEqual([]);
  });

  it('P15 refuses a viewer’s edit', async () => {
    const viewer = await open('v', 9);
    expect(await viewer.push(milk)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(node.memory.committed(list)).toEqual([]);
  });

  it('R11 cuts off at once who loses access', async () => {
    const [a, b] = [await open('a', 7), await open('b', 8)];
    const { userId } = person('b');
    node.memory.setRole(list, userId, null);
    node.announce({ kind: 'access', list, userId, role: null });
    expect((await b.next('access')).message).toEqual({ list, role: null });
    await a.next('roster', ({ message }) => message.present.length === 1);
    await a.push(milk);
    expect(await b.pull()).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(updates(b)).toEqual([]);
  });

  it('R23 ends the connections of a session that has ended, and of nobody else', async () => {
    const names = ['phone', 'laptop', 'of somebody else'];
    node.log.authenticate = async (credentials) => {
      const session = await node.memory.authenticate(credentials);
      return session === null ? null : { ...session, sessionId: names.shift() ?? '' };
    };
    const [phone, laptop, other] = [await open('a', 7), await open('a', 8), await open('b', 9)];
    const { userId } = person('a');
    node.announce({ kind: 'signed-out', userId, sessionId: 'phone' });
    expect((await phone.next('close')).reason).toBe('dismissed');
    expect(await laptop.push(milk)).toMatchObject({ ok: true });
    node.announce({ kind: 'signed-out', userId, sessionId: null });
    await laptop.next('close');
    expect(await other.push(bread)).toMatchObject({ ok: true });
  });

  it('R12 broadcasts what the api has appended', async () => {
    const [a, b] = [await open('a', 7), await open('b', 8)];
    node.announce({ kind: 'appended', list, epoch: 0, seq: 5, update: milk });
    for (const client of [a, b]) expect((await client.next('update')).message.seq).toBe(5);
  });

  it('R4 carries edits from one to the other while the store is away', async () => {
    const [a, b] = [await open('a', 7), await open('b', 8)];
    node.memory.nextFault = () => 'before-commit';
    expect(await a.push(milk)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect((await b.next('update')).message.seq).toBeNull();
  });

  it('P12 answers what is a little too large with a code, and takes what is just within', async () => {
    const a = await open('a', 7);
    const tooLarge = { ok: false, error: { code: 'too-large' } };
    expect(await a.push(new Uint8Array(limits.maxUpdateBytes + 1))).toMatchObject(tooLarge);
    expect(await a.push(new Uint8Array(limits.maxSnapshotBytes + 1), true)).toMatchObject(tooLarge);
    expect(await a.push(largeUpdate(900_000), true)).toMatchObject({ ok: true });
    expect((await (await open('b')).pull()).ok).toBe(true);
  });

  it('R10 cuts off who sends far too much, and nobody else', async () => {
    const [a, b] = [await open('a', 7), await open('b', 8)];
    await expect(a.push(new Uint8Array(3 * limits.maxSnapshotBytes), true)).rejects.toThrow();
    expect((await a.next('close')).reason).toBe('lost');
    expect(await b.push(milk)).toMatchObject({ ok: true });
  });

  it('R7 tells a flood when to come back, and serves the others meanwhile', async () => {
    const [a, b] = [await open('a', 7), await open('b', 8)];
    const answers = await Promise.all(Array.from({ length: 260 }, () => a.pull()));
    const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
    expect(refusals.length).toBeGreaterThan(0);
    for (const { code, retryAfterMs } of refusals) {
      expect([code, retryAfterMs !== undefined && retryAfterMs > 0]).toEqual(['rate-limited', true]);
    }
    expect(await b.push(milk)).toMatchObject({ ok: true });
  });
});
