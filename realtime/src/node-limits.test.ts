import { afterEach, describe, expect, it } from 'vitest';
import { largeUpdate, person, testList as list, updatesFor } from './testing/family.ts';
import { RawClient } from './testing/raw-client.ts';
import { StuckClient } from './testing/stuck-client.ts';
import { TestClient } from './testing/test-client.ts';
import { startTestNode, type TestNode, type TestNodeOptions } from './testing/test-node.ts';

const [milk = new Uint8Array()] = updatesFor(1, ['Milk']);
const roles = { a: 'editor', b: 'editor' } as const;

describe('the bounds of a realtime node', () => {
  let node: TestNode;
  const clients: Disposable[] = [];

  afterEach(async () => {
    for (const client of clients.splice(0)) client[Symbol.dispose]();
    await node[Symbol.asyncDispose]();
    expect(node.warnings).toEqual([]);
  });

  const start = async (options: TestNodeOptions) => {
    node = await startTestNode(roles, options);
    node.admitUnnamed('a');
  };
  const keep = <T extends Disposable>(client: T): T => {
    clients.push(client);
    return client;
  };
  const open = async (letter: string, clientId?: number) => keep(await TestClient.open(node, letter, clientId));
  /** What a connection is told that is refused. */
  const refusal = async () => {
    const client = keep(await RawClient.open(node.url));
    client.sendPacket({ type: 0 });
    const { data } = await client.next(({ type }) => type === 4);
    await client.closed;
    return data;
  };

  it('R8 is busy for whoever comes when it is full, without asking the log, and not when somebody has left', async () => {
    await start({ maxConnections: 2 });
    await open('a', 7);
    const b = await open('b', 8);
    let lookups = 0;
    const authenticate = node.log.authenticate.bind(node.log);
    node.log.authenticate = (credentials) => {
      lookups += 1;
      return authenticate(credentials);
    };
    expect(await refusal()).toMatchObject({ message: 'busy', data: { code: 'busy', retryAfterMs: 1_000 } });
    expect(lookups).toBe(0);
    b.transport.disconnect();
    const next = keep(new TestClient(node, 'b'));
    await expect
      .poll(() => {
        next.transport.connect();
        return next.events.some(({ kind }) => kind === 'open');
      })
      .toBe(true);
  });

  it(
    'R21 drops whoever does not read what the others write, and loses nothing of it',
    { timeout: 60_000 },
    async () => {
      await start({ rateFactor: 1_000 });
      const friend = await open('b', 8);
      keep(await StuckClient.open(node.url, 7));
      await friend.next('roster', ({ message }) => message.present.length === 2);
      const large = largeUpdate(900_000);
      const present = () => friend.events.findLast((event) => event.kind === 'roster')?.message.present.length;
      let pushes = 0;
      for (; present() === 2 && pushes < 60; pushes += 1) {
        expect(await friend.push(large, true)).toMatchObject({ ok: true });
      }
      await expect.poll(present).toBe(1);
      expect(node.memory.committed(list)).toHaveLength(pushes);
    },
  );

  it('R16 ends the older connections when a session tells of another log', async () => {
    await start({});
    const a = await open('a', 7);
    node.memory.restore(node.memory.backup());
    const b = await open('b', 8);
    expect((await a.next('close')).reason).toBe('dismissed');
    expect(await b.push(milk)).toMatchObject({ ok: true });
    a.events.length = 0;
    a.transport.connect();
    const { log } = await a.next('open');
    expect(log).toBe(node.memory.id);
  });

  it('R16 cuts who pushes into a list whose numbers have gone back', async () => {
    await start({});
    const a = await open('a', 7);
    const backup = node.memory.backup();
    await a.push(milk);
    node.memory.lose(backup);
    // An answer with a number of another log would mislead: there is none, and the client pushes again when it is back.
    await expect(a.push(milk)).rejects.toThrow();
    expect((await a.next('close')).reason).toBe('dismissed');
  });

  it('R20 answers what has come, then ends each connection, and lets nobody in meanwhile', async () => {
    await start({ drainMs: 50 });
    const [a, b] = [await open('a', 7), await open('b', 8)];
    const held = Promise.withResolvers<undefined>();
    node.log.beforeAppend = () => held.promise;
    const answer = a.push(milk);
    await expect.poll(() => node.log.asked.includes('append')).toBe(true);
    expect(node.realtime.isOpen).toBe(true);
    const closed = node.realtime.close();
    expect(node.realtime.isOpen).toBe(false);
    expect((await b.next('close')).reason).toBe('dismissed');
    expect(await refusal()).toMatchObject({ message: 'busy' });
    held.resolve(undefined);
    expect(await answer).toEqual({ ok: true, value: { epoch: 0, seq: 1 } });
    expect((await a.next('close')).reason).toBe('dismissed');
    await closed;
    expect(node.memory.committed(list)).toHaveLength(1);
  });

  it('R20 whoever looked up a session while the node began to go does not come in', async () => {
    await start({});
    const b = await open('b', 8);
    const append = Promise.withResolvers<undefined>();
    const lookup = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    node.log.beforeAppend = () => append.promise;
    const answer = b.push(milk);
    await expect.poll(() => node.log.asked.includes('append')).toBe(true);
    const authenticate = node.log.authenticate.bind(node.log);
    node.log.authenticate = async (credentials) => {
      asked.resolve(undefined);
      await lookup.promise;
      return authenticate(credentials);
    };
    const refused = refusal();
    await asked.promise;
    const closed = node.realtime.close();
    lookup.resolve(undefined);
    expect(await refused).toMatchObject({ message: 'busy' });
    append.resolve(undefined);
    expect(await answer).toMatchObject({ ok: true });
    await closed;
  });

  it('R9 knows people by their session, whoever they say they are', async () => {
    await start({});
    const b = await open('b', 8);
    const { message } = await b.next('roster');
    expect(message.present[0]?.memberId).toBe(person('b').memberId);
  });
});
