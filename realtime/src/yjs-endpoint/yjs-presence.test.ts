import { readAwareness, type AwarenessEntry } from '@trolley/shared/foreign';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person, testList as list } from '../testing/family.ts';
import { emptyState, ForeignClient } from '../testing/foreign-client.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';

describe('the awareness of a Yjs client', () => {
  let node: TestNode;
  let friend: TestClient;
  let client: ForeignClient;

  beforeEach(async () => {
    node = await startTestNode({ a: 'editor', b: 'editor' });
    friend = await TestClient.open(node, 'b', 8);
    client = await ForeignClient.join(node.url, 'a');
  });
  afterEach(async () => {
    friend[Symbol.dispose]();
    client[Symbol.dispose]();
    await node[Symbol.asyncDispose]();
    expect(node.warnings).toEqual([]);
  });

  const has = (bytes: Uint8Array, wanted: Partial<AwarenessEntry>) =>
    readAwareness(bytes)?.some((entry) => entry.clientId === wanted.clientId && entry.clock === wanted.clock) ?? false;
  const heardByFriend = (clientId: number, clock: number) =>
    friend.next('presence', ({ message }) => has(message.awareness, { clientId, clock }));
  const heardByClient = (clientId: number, clock: number) =>
    client.next('awareness', ({ bytes }) => has(bytes, { clientId, clock }));
  /** As one of our own clients says it: client, clock, `{}`. */
  const say = (clientId: number, clock: number) => {
    friend.transport.sendPresence({ list, awareness: Uint8Array.of(1, clientId, clock, 2, 123, 125) });
  };

  it('R19 P17 takes its seat by the id that it speaks for, and the others hear it', async () => {
    client.speak([42], 1, { user: { name: 'Anna' } });
    const { message } = await friend.next('roster', ({ message: { present } }) =>
      present.some(({ clientId }) => clientId === 42),
    );
    expect(message.present.find(({ clientId }) => clientId === 42)?.memberId).toBe(person('a').memberId);
    await heardByFriend(42, 1);
    client.speak([42], 2, { user: { name: 'Anna' } });
    await heardByFriend(42, 2);
  });

  it('R19 P17 takes that seat also when it speaks before it has been let into the room', async () => {
    const asked = Promise.withResolvers<undefined>();
    const held = Promise.withResolvers<undefined>();
    node.log.aroundPull.before = () => {
      asked.resolve(undefined);
      return held.promise;
    };
    using early = await ForeignClient.open(node.url, { path: `/yjs/${list}?token=a` });
    early.askFor(emptyState);
    await asked.promise;
    early.speak([43], 1, {});
    await early.settled();
    held.resolve(undefined);
    await heardByFriend(43, 1);
  });

  it('R19 P17 speaks for nobody else, also when it repeats what others say', async () => {
    say(8, 3);
    await heardByClient(8, 3);
    client.speak([8], 4, { isForged: true });
    client.speak([8, 42], 5, { isForged: true });
    await heardByFriend(42, 5);
    client.speak([9, 8, 42], 6, {});
    await heardByFriend(42, 6);
    const spokenFor = friend.events.flatMap((event) =>
      event.kind === 'presence' ? (readAwareness(event.message.awareness) ?? []).map(({ clientId }) => clientId) : [],
    );
    expect(new Set(spokenFor)).toEqual(new Set([42]));
  });

  it('R19 hears what the others do, and when they have gone', async () => {
    say(8, 3);
    await heardByClient(8, 3);
    friend[Symbol.dispose]();
    const farewell = await heardByClient(8, 4);
    expect(readAwareness(farewell)).toEqual([{ clientId: 8, clock: 4, state: null }]);
  });

  it('R19 says again what it does when somebody comes', async () => {
    client.speak([42], 1, { isHere: true });
    await heardByFriend(42, 1);
    using newcomer = await TestClient.open(node, 'b', 9);
    await newcomer.next('presence', ({ message }) => has(message.awareness, { clientId: 42, clock: 1 }));
  });

  it('R6 leaves its seat when its connection ends', async () => {
    client.speak([42], 1, {});
    await heardByFriend(42, 1);
    friend.events.length = 0;
    client[Symbol.dispose]();
    const { message } = await friend.next('roster', ({ message: { present } }) => present.length === 1);
    expect(message.present[0]?.clientId).toBe(8);
  });
});
