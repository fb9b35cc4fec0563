import { addItem, ListDocument, removeItem } from '@trolley/shared/document';
import { PulledDocument } from '@trolley/shared/foreign';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person, testList as list, updatesFor } from '../testing/family.ts';
import { emptyState, emptyUpdate, ForeignClient } from '../testing/foreign-client.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';

const [milk, bread, eggs] = updatesFor(1, ['Milk', 'Bread', 'Eggs']);
const [salt] = updatesFor(2, ['Salt']);
if (!milk || !bread || !eggs || !salt) throw new Error('four');
const author = { memberId: person('a').memberId, nowMs: Date.UTC(2027, 5, 2) };

const documentOf = (updates: readonly Uint8Array[]) => {
  const document = new ListDocument({ clientId: 77 });
  for (const update of updates) expect(document.apply(update, 'remote')).toEqual({ applied: true });
  return document;
};
const namesIn = (updates: readonly Uint8Array[]) =>
  documentOf(updates)
    .view.items.map(({ name }) => name)
    .toSorted();
const stateOf = (updates: readonly Uint8Array[]) => new PulledDocument(updates, 0).encodeStateVector();

describe('a Yjs client on a realtime node', () => {
  let node: TestNode;
  const clients: Disposable[] = [];

  beforeEach(async () => {
    node = await startTestNode({ a: 'editor', b: 'editor', v: 'viewer' });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client[Symbol.dispose]();
    await node[Symbol.asyncDispose]();
    expect(node.warnings).toEqual([]);
  });

  const keep = <T extends Disposable>(client: T): T => {
    clients.push(client);
    return client;
  };
  const join = async (letter: string, state?: Uint8Array) => keep(await ForeignClient.join(node.url, letter, state));
  const openFriend = async () => keep(await TestClient.open(node, 'b', 8));
  const committed = () => node.memory.committed(list);
  const append = (update: Uint8Array) => node.memory.append([{ userId: person('b').userId, list, epoch: 0, update }]);

  it('R19 gets the document, and what others edit', async () => {
    const friend = await openFriend();
    await friend.push(milk);
    const client = await join('a');
    expect(namesIn([await client.next('missing')])).toEqual(['Milk']);
    await friend.push(bread);
    await friend.push(eggs);
    await client.next('update', ({ bytes }) => Buffer.compare(bytes, eggs) === 0);
    expect(client.received.filter(({ kind }) => kind === 'update').map(({ bytes }) => bytes)).toEqual(
      [bread, eggs].map((update) => Buffer.from(update)),
    );
  });

  it('R19 gets of the document only what it lacks', async () => {
    for (const update of [milk, bread]) await append(update);
    const client = await join('a', stateOf([milk]));
    const missing = await client.next('missing');
    expect(missing.byteLength).toBeLessThan(bread.byteLength + 10);
    expect(namesIn([milk, missing])).toEqual(['Bread', 'Milk']);
  });

  it('R19 may ask again at any time, and is answered for the last of many wishes', async () => {
    const client = await join('a');
    await append(milk);
    for (let wish = 0; wish < 200; wish += 1) client.askFor(emptyState);
    await client.next('missing', ({ bytes }) => bytes.byteLength > 10);
    expect(client.received.filter(({ kind }) => kind === 'missing').length).toBeLessThan(20);
    client.edit(bread);
    await expect.poll(() => namesIn(committed())).toEqual(['Bread', 'Milk']);
  });

  it('R19 edits, in the order of its edits, and the others hear of it', async () => {
    const friend = await openFriend();
    const client = await join('a');
    const edits = updatesFor(
      5,
      Array.from({ length: 300 }, (_, index) => `Item ${index}`),
    );
    for (const update of edits) client.edit(update);
    await expect.poll(() => namesIn(committed()), { timeout: 5_000 }).toHaveLength(300);
    expect(committed().length).toBeLessThan(300);
    await friend.next('update', ({ message }) => message.seq === committed().length);
    const heard = friend.events.flatMap((event) => (event.kind === 'update' ? [event.message.update] : []));
    expect(namesIn(heard)).toHaveLength(300);
  });

  it('R19 what it has without the log having it goes into the log, and is pushed once', async () => {
    await append(milk);
    const client = keep(await ForeignClient.open(node.url, { path: `/yjs/${list}?token=a` }));
    client.askFor(stateOf([milk, bread]));
    expect(await client.next('state')).toEqual(Buffer.from(stateOf([milk])));
    client.answer(bread);
    await expect.poll(() => namesIn(committed())).toEqual(['Bread', 'Milk']);
  });

  it('R19 an answer that brings nothing new is not pushed, one that takes something away is', async () => {
    const document = documentOf([milk, bread]);
    const [item] = document.view.items;
    if (item === undefined) throw new Error('two');
    const before = document.encode();
    await append(before);
    const first = keep(await ForeignClient.open(node.url, { path: `/yjs/${list}?token=a` }));
    first.askFor(emptyState);
    await first.next('state');
    first.answer(before);
    first.edit(emptyUpdate);
    first.close();
    await first.closed;
    removeItem(document, item.id, author);
    const second = keep(await ForeignClient.open(node.url, { path: `/yjs/${list}?token=a` }));
    second.askFor(emptyState);
    await second.next('state');
    second.answer(document.encode());
    await expect.poll(() => committed().length).toBe(2);
    expect(namesIn(committed())).toHaveLength(1);
  });

  it('R19 nothing that it edits gets into the log before what it builds on', async () => {
    const client = keep(await ForeignClient.open(node.url, { path: `/yjs/${list}?token=a` }));
    client.edit(bread);
    client.askFor(stateOf([milk, bread]));
    await client.next('state');
    client.edit(eggs);
    const whole = documentOf([milk, bread, eggs]).encode();
    client.answer(whole);
    await expect.poll(() => committed().length).toBe(1);
    expect(namesIn(committed())).toEqual(['Bread', 'Eggs', 'Milk']);
  });

  it('R19 what the store cannot take yet is pushed until it does, in order', async () => {
    const client = await join('a');
    let faults = 3;
    node.memory.nextFault = () => (faults-- > 0 ? 'before-commit' : 'none');
    client.edit(milk);
    client.edit(bread);
    await expect.poll(() => namesIn(committed()), { timeout: 10_000 }).toEqual(['Bread', 'Milk']);
  });

  it('R19 is told of no edit that has no number, and of it when it has', async () => {
    const friend = await openFriend();
    const client = await join('a');
    node.memory.nextFault = () => 'before-commit';
    expect(await friend.push(milk)).toMatchObject({ ok: false });
    node.memory.nextFault = () => 'none';
    await friend.push(bread);
    await client.next('update', ({ bytes }) => Buffer.compare(bytes, bread) === 0);
    expect(client.received.filter(({ kind }) => kind === 'update')).toHaveLength(1);
  });

  it('R19 reads what a broadcast has left out, and what it is told to read', async () => {
    const friend = await openFriend();
    const client = await join('a');
    await append(milk);
    await friend.push(bread);
    await client.next('update', ({ bytes }) => Buffer.compare(bytes, milk) === 0);
    await append(eggs);
    node.announce({ kind: 'head', list, epoch: 0, seq: 3 });
    await client.next('update', ({ bytes }) => Buffer.compare(bytes, eggs) === 0);
  });

  it('R19 misses nothing that is edited while it comes', async () => {
    const friend = await openFriend();
    let reads = 0;
    node.log.aroundPull.after = async () => {
      reads += 1;
      // It is in the room since the first one, and this one has read already.
      if (reads === 2) await friend.push(milk);
    };
    const client = await join('a');
    const hasMilk = () => {
      const document = new ListDocument();
      for (const { kind, bytes } of client.received) {
        if (kind === 'missing' || kind === 'update') document.apply(bytes, 'remote');
      }
      return document.view.items.length === 1;
    };
    await expect.poll(hasMilk).toBe(true);
  });

  it('R19 what it edits just before it leaves goes into the log', async () => {
    const client = await join('a');
    const held = Promise.withResolvers<undefined>();
    node.log.beforeAppend = () => held.promise;
    client.edit(milk);
    await expect.poll(() => node.log.asked.includes('append')).toBe(true);
    client.edit(bread);
    client.close();
    await client.closed;
    held.resolve(undefined);
    await expect.poll(() => namesIn(committed())).toEqual(['Bread', 'Milk']);
  });

  it('R19 what it edits in an epoch that ends is carried over before it is told so', async () => {
    await append(milk);
    const client = await join('a');
    const held = Promise.withResolvers<undefined>();
    node.log.beforeAppend = () => held.promise;
    client.edit(bread);
    await expect.poll(() => node.log.asked.includes('append')).toBe(true);
    client.edit(eggs);
    await client.settled();
    node.announce({ kind: 'head', list, ...node.memory.rollOver(list) });
    held.resolve(undefined);
    expect(await client.closed).toEqual({ code: 4409, reason: 'other-epoch' });
    expect(namesIn(node.memory.current(list))).toEqual(['Bread', 'Eggs', 'Milk']);
  });

  it('R19 learns by asking, too, that an epoch has ended', async () => {
    await append(milk);
    const client = await join('a');
    node.memory.rollOver(list);
    client.askFor(emptyState);
    expect(await client.closed).toEqual({ code: 4409, reason: 'other-epoch' });
  });

  it('R19 begins anew with an empty document in a later epoch, and may come back with that', async () => {
    await append(milk);
    node.memory.rollOver(list);
    const first = await join('a');
    const document = new ListDocument({ epoch: 1, clientId: 9 });
    document.apply(await first.next('missing'), 'remote');
    const updates: Uint8Array[] = [];
    document.onLocalUpdate((update) => updates.push(update));
    addItem(document, { name: 'Tea' }, author);
    for (const update of updates) first.edit(update);
    await expect.poll(() => namesIn(node.memory.current(list))).toEqual(['Milk', 'Tea']);
    await join('a', stateOf([document.encode()]));
  });

  it('R19 a document of more than one update at most goes into the log as a whole', async () => {
    const names = Array.from({ length: 1_200 }, (_, index) => `Item number ${index}`);
    const document = documentOf([]);
    for (const name of names) addItem(document, { name }, author);
    expect(document.encode().byteLength).toBeGreaterThan(64 * 1024);
    const client = keep(await ForeignClient.open(node.url, { path: `/yjs/${list}?token=a` }));
    client.askFor(stateOf([document.encode()]));
    await client.next('state');
    client.answer(document.encode());
    await expect.poll(() => committed().length).toBe(1);
  });
});
