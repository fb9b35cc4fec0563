import { addItem, tickItem, type ListDocument } from '@trolley/shared/document';
import { systemClock, type ListId } from '@trolley/shared/protocol';
import * as recovery from '@trolley/shared/recovery';
import {
  createSocketTransport,
  createTabLocks,
  MemoryStorage,
  SyncClient,
  type Account,
  type OpenList,
} from '@trolley/shared/sync';
import { TabsInOneProcess } from '@trolley/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headersOf, person } from './testing/family.ts';
import { startTestNode, type TestNode } from './testing/test-node.ts';

describe('two phones on a real node', () => {
  let node: TestNode;
  const clients: SyncClient[] = [];

  beforeEach(async () => {
    node = await startTestNode({ a: 'editor', b: 'editor' });
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await node[Symbol.asyncDispose]();
    expect(node.warnings).toEqual([]);
  });

  const startPhone = (letter: string) => {
    const { userId, memberId } = person(letter);
    const account: Account = {
      memberId,
      hasSession: true,
      ensureSession: () => Promise.resolve(),
      forgetSession: () => undefined,
      register: (list) => {
        node.memory.create(list, userId);
        return Promise.resolve();
      },
      lists: () => Promise.resolve(node.memory.memberships(userId)),
    };
    const client = new SyncClient({
      transport: createSocketTransport({ url: node.url, extraHeaders: headersOf(letter) }),
      storage: new MemoryStorage(),
      account,
      tabs: new TabsInOneProcess().open(),
      locks: createTabLocks(),
      loadRecovery: () => Promise.resolve(recovery),
      clock: systemClock,
      randomBytes: (byteLength) => crypto.getRandomValues(new Uint8Array(byteLength)),
    });
    clients.push(client);
    return { client, author: () => ({ memberId, nowMs: client.nowMs }) };
  };
  /** A list that both have open. */
  const share = async () => {
    const [anna, ben] = [startPhone('a'), startPhone('b')];
    const list: ListId = await anna.client.create('Home');
    const annas = await anna.client.open(list);
    await expect.poll(() => annas.state.kind).toBe('saved');
    node.memory.setRole(list, person('b').userId, 'editor');
    const bens = await ben.client.open(list);
    await expect.poll(() => annas.roster.length).toBe(2);
    return { anna, ben, annas, bens, list };
  };
  const seen = (document: ListDocument) =>
    document.view.items.map(({ name, isTicked }) => `${name} ${String(isTicked)}`);
  const saved = (open: OpenList) => expect.poll(() => open.state.kind).toBe('saved');

  it('P4 what one adds and the other ticks, both see, and it is saved', async () => {
    const { anna, ben, annas, bens, list } = await share();
    const { id } = addItem(annas.document, { name: 'Milk' }, anna.author());
    await expect.poll(() => seen(bens.document)).toEqual(['Milk false']);
    tickItem(bens.document, id, ben.author());
    await expect.poll(() => seen(annas.document)).toEqual(['Milk true']);
    await saved(annas);
    await saved(bens);
    expect(node.memory.committed(list)).toHaveLength(3);
  });

  it('P17 each sees what the other is doing, and that they have left', async () => {
    const { anna, ben, annas, bens, list } = await share();
    const { id } = addItem(annas.document, { name: 'Milk' }, anna.author());
    annas.presence.setEditing(id);
    await expect.poll(() => [...bens.presence.editing().values()]).toEqual([id]);
    await ben.client.close(list);
    await expect.poll(() => annas.roster.map(({ name }) => name)).toEqual(['A']);
  });

  it('P1 what one adds while the store is away, the other sees, and it is saved when the store is back', async () => {
    const { anna, annas, bens, list } = await share();
    node.memory.nextFault = () => 'before-commit';
    addItem(annas.document, { name: 'Milk' }, anna.author());
    await expect.poll(() => seen(bens.document)).toEqual(['Milk false']);
    expect([annas.state.kind, node.memory.committed(list).length]).toEqual(['saving', 1]);
    node.memory.nextFault = () => 'none';
    await saved(annas);
    await saved(bens);
  });

  it('P16 whoever is taken out is told, and keeps a copy', async () => {
    const { anna, annas, bens, list } = await share();
    addItem(annas.document, { name: 'Milk' }, anna.author());
    await expect.poll(() => seen(bens.document)).toEqual(['Milk false']);
    const { userId } = person('b');
    node.memory.setRole(list, userId, null);
    node.announce({ kind: 'access', list, userId, role: null });
    await expect.poll(() => bens.access).toBeNull();
    expect(seen(bens.document)).toEqual(['Milk false']);
  });
});
