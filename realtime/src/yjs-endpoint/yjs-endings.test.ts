import { PulledDocument } from '@trolley/shared/foreign';
import { limits } from '@trolley/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headersOf, largeUpdate, person, testList as list, updatesFor } from '../testing/family.ts';
import { emptyState, emptyUpdate, ForeignClient } from '../testing/foreign-client.ts';
import { TestClient } from '../testing/test-client.ts';
import { homeOrigin, startTestNode, type TestNode, type TestNodeOptions } from '../testing/test-node.ts';

const [milk = new Uint8Array()] = updatesFor(1, ['Milk']);
const path = `/yjs/${list}`;

describe('a Yjs client that is turned away', () => {
  let node: TestNode;
  const clients: Disposable[] = [];

  const start = async (options: TestNodeOptions = {}) => {
    node = await startTestNode({ a: 'editor', b: 'editor', v: 'viewer' }, options);
  };
  beforeEach(() => start());
  afterEach(async () => {
    for (const client of clients.splice(0)) client[Symbol.dispose]();
    // Whatever was done to it, it serves the next who comes.
    if (node.realtime.isOpen) {
      using friend = await TestClient.open(node, 'b', 8);
      expect(await friend.push(milk)).toMatchObject({ ok: true });
    }
    await node[Symbol.asyncDispose]();
    expect(node.warnings).toEqual([]);
  });

  const keep = <T extends Disposable>(client: T): T => {
    clients.push(client);
    return client;
  };
  const join = async (letter: string) => keep(await ForeignClient.join(node.url, letter));
  const open = async (address = `${path}?token=a`, headers: Record<string, string> = {}) =>
    keep(await ForeignClient.open(node.url, { path: address, headers }));
  const endOf = async (client: ForeignClient) => client.closed;

  it.each([
    ['no list', '/yjs/?token=a'],
    ['a list of another form', '/yjs/milk?token=a'],
    ['more than a list', `${path}/more?token=a`],
    ['another path', '/yjs/%2e%2e%2fetc?token=a'],
    ['something that is no address', '/yjs/%ff%00?token=%'],
  ])('R19 is told 4400 when it asks for %s', async (_what, address) => {
    expect(await endOf(await open(address))).toEqual({ code: 4400, reason: 'bad-request' });
  });

  it.each([
    ['text', 'hello'],
    ['nothing', new Uint8Array()],
    ['an unknown type', Uint8Array.of(9, 0)],
    ['an authorisation', Uint8Array.of(2, 0)],
    ['an unknown sync message', Uint8Array.of(0, 7, 1, 0)],
    ['a length beyond the frame', Uint8Array.of(0, 2, 255, 255, 255, 255, 15, 1)],
    ['a number without an end', new Uint8Array(40).fill(255)],
    ['more than it says', Uint8Array.of(0, 2, 2, 0, 0, 0)],
    ['a state vector that is none', Uint8Array.of(0, 0, 3, 255, 255, 255)],
    ['a state vector of very many', Uint8Array.of(0, 0, 5, 255, 255, 255, 255, 7)],
    ['awareness that is none', Uint8Array.of(1, 3, 1, 2, 3)],
    ['awareness in broken JSON', Uint8Array.of(1, 5, 1, 7, 1, 1, 123)],
  ])('R19 is told 4400 when it sends %s', async (_what, frame) => {
    const client = await open();
    client.send(frame);
    expect(await endOf(client)).toEqual({ code: 4400, reason: 'bad-request' });
  });

  it.each([
    ['brings no session', path, {}],
    ['brings one that is none', `${path}?token=nobody`, {}],
    ['brings a token that no header can hold', `${path}?token=a%0d%0ax: y`, {}],
  ])('R19 is told 4401 when it %s', async (_what, address, headers) => {
    expect(await endOf(await open(address, headers))).toEqual({ code: 4401, reason: 'unauthenticated' });
  });

  it('R19 is known by its header too, from a page of ours, and a token counts more', async () => {
    for (const [address, letter] of [
      [path, 'a'],
      [`${path}?token=a`, 'nobody'],
    ] as const) {
      const client = await open(address, { ...headersOf(letter), origin: homeOrigin });
      client.askFor(emptyState);
      await client.next('state');
    }
  });

  it('R19 is told 4403 when a page of another origin opens it', async () => {
    const client = await open(`${path}?token=a`, { origin: 'http://elsewhere.test' });
    expect(await endOf(client)).toEqual({ code: 4403, reason: 'forbidden' });
  });

  it('R19 is told 4403 when it edits as a viewer, and nothing is stored; reading it may', async () => {
    const client = await join('v');
    client.answer(emptyUpdate);
    client.edit(milk);
    expect(await endOf(client)).toEqual({ code: 4403, reason: 'forbidden' });
    expect(node.memory.committed(list)).toEqual([]);
  });

  it('R19 is told 4403 when it is taken off the list', async () => {
    const client = await join('a');
    const { userId } = person('a');
    node.memory.setRole(list, userId, null);
    node.announce({ kind: 'access', list, userId, role: null });
    expect(await endOf(client)).toEqual({ code: 4403, reason: 'forbidden' });
  });

  it.each([
    ['does not exist', 'a'.repeat(22), 'a'],
    ['is not its own', list, 'stranger'],
  ])('R19 is told 4404 of a list that %s', async (_what, id, letter) => {
    node.memory.addIdentity('Bearer stranger', person('z'));
    const client = await open(`/yjs/${id}?token=${letter}`);
    client.askFor(emptyState);
    expect(await endOf(client)).toEqual({ code: 4404, reason: 'not-found' });
  });

  it('R19 is told 4409 when its document is of another epoch, and nothing of it is stored', async () => {
    const userId = person('b').userId;
    await node.memory.append([{ userId, list, epoch: 0, update: milk }]);
    node.memory.rollOver(list);
    const client = await open();
    client.askFor(new PulledDocument([milk], 0).encodeStateVector());
    client.edit(milk);
    expect(await endOf(client)).toEqual({ code: 4409, reason: 'other-epoch' });
    expect(node.memory.committed(list)).toHaveLength(2);
  });

  it('R19 is told 4413 when it sends more than a document may have', async () => {
    const client = await join('a');
    client.edit(new Uint8Array(limits.maxSnapshotBytes + 1));
    expect(await endOf(client)).toEqual({ code: 4413, reason: 'too-large' });
    expect(node.memory.committed(list)).toEqual([]);
  });

  it('R19 ends a frame that is larger than any message', async () => {
    const client = await join('a');
    client.send(new Uint8Array(3 * limits.maxSnapshotBytes));
    expect((await endOf(client)).code).toBe(1009);
  });

  it.each([
    ['as its answer', 'answer'],
    ['as an edit', 'edit'],
  ] as const)('R19 is told 4422 when it sends %s what no list has', async (_what, say) => {
    const client = await open();
    client.askFor(emptyState);
    await client.next('state');
    if (say === 'edit') client.answer(emptyUpdate);
    client[say](Uint8Array.of(1, 1, 1, 0, 4, 1, 1, 120, 1, 97, 0));
    expect(await endOf(client)).toEqual({ code: 4422, reason: 'update-rejected' });
    expect(node.memory.committed(list)).toEqual([]);
  });

  it('R19 is told 1013, to come again, when the node is full or goes', async () => {
    await node[Symbol.asyncDispose]();
    await start({ maxConnections: 1 });
    const client = await join('a');
    const second = await open(`${path}?token=b`);
    expect(await endOf(second)).toMatchObject({ code: 1013 });
    const closed = node.realtime.close();
    expect(await endOf(client)).toMatchObject({ code: 1013 });
    await closed;
  });

  it('R19 is told 1013 when its log is no more', async () => {
    const client = await join('a');
    node.memory.restore(node.memory.backup());
    keep(await TestClient.open(node, 'b', 8));
    expect(await endOf(client)).toMatchObject({ code: 1013 });
  });

  it('R19 is told 1013 when it compares documents without an end', async () => {
    const client = await join('a');
    const ended = client.closed.then(() => 'closed' as const);
    const askAgain = async () => {
      const { length } = client.received;
      client.askFor(emptyState);
      await client.next('missing', (message) => client.received.indexOf(message) >= length);
    };
    while ((await Promise.race([ended, askAgain()])) !== 'closed');
    expect(await endOf(client)).toEqual({ code: 1013, reason: 'rate-limited' });
  });

  it('R21 is dropped when it does not take what the others write', { timeout: 60_000 }, async () => {
    await node[Symbol.asyncDispose]();
    await start({ rateFactor: 1_000 });
    const friend = keep(await TestClient.open(node, 'b', 8));
    const client = await join('a');
    await friend.next('roster', ({ message }) => message.present.length === 2);
    client.pause();
    const large = largeUpdate(900_000);
    const present = () => friend.events.findLast((event) => event.kind === 'roster')?.message.present.length;
    for (let pushes = 0; present() === 2 && pushes < 60; pushes += 1) {
      expect(await friend.push(large, true)).toMatchObject({ ok: true });
    }
    await expect.poll(present).toBe(1);
  });

  it('R19 an upgrade of any other path is answered 404', async () => {
    await expect(open('/yjsx/')).rejects.toThrow('404');
  });
});
