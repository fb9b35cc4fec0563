import type { Head } from '@trolley/shared/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { person, testList as list, updatesFor } from '../testing/family.ts';
import { RelayWorld, rosterPauseMs } from '../testing/relay-world.ts';

const [milk = new Uint8Array(), bread = new Uint8Array()] = updatesFor(1, ['Milk', 'Bread']);
const at = (seq: number, epoch = 0): Head => ({ epoch, seq });

describe('what a relay takes for true of its open lists', () => {
  let world: RelayWorld;
  let a: Awaited<ReturnType<RelayWorld['seat']>>;
  let b: Awaited<ReturnType<RelayWorld['seat']>>;

  beforeEach(async () => {
    world = new RelayWorld({ a: 'editor', b: 'editor' });
    await world.memory.append([{ userId: person('b').userId, list, epoch: 0, update: milk }]);
    a = await world.seat('a', 7);
    b = await world.seat('b', 8);
    a.received.length = 0;
  });

  const { userId } = person('b');
  const openLists = () => world.relay.openLists;
  const believed = () => openLists().heads.find((open) => open.list === list)?.head;
  const told = () => [a, b].map(({ received }) => received);
  const push = () => world.relay.push(a.peer, { list, epoch: 0, update: bread });

  it('R15 is the head that the first one read, and then what it has broadcast itself', async () => {
    expect(openLists().heads).toEqual([{ list, head: at(1) }]);
    await push();
    expect(believed()).toEqual(at(2));
    world.relay.announce({ kind: 'appended', list, epoch: 0, seq: 3, update: milk });
    expect(believed()).toEqual(at(3));
    world.relay.announce({ kind: 'head', list, epoch: 1, seq: 4 });
    expect(believed()).toEqual(at(4, 1));
  });

  it('R15 is forgotten when nobody has the list open any more', () => {
    for (const { peer } of [a, b]) world.relay.disconnect(peer);
    expect([openLists().heads, openLists().seats]).toEqual([[], []]);
    openLists().correctHead(list, at(1), at(0));
    openLists().tellHead(list, at(9));
    expect(openLists().heads).toEqual([]);
    expect([a.cuts, b.cuts]).toEqual([[], []]);
  });

  it('R15 everybody is told once of a head that is later', () => {
    openLists().correctHead(list, at(1), at(4));
    openLists().correctHead(list, at(4), at(4));
    const head = { event: 'head', message: { list, epoch: 0, seq: 4 } };
    expect(told()).toEqual([[head], [head]]);
  });

  it('R15 of a newer epoch with the same number too', () => {
    openLists().correctHead(list, at(1), at(1, 2));
    expect(told()).toMatchObject([[{ message: { epoch: 2 } }], [{ message: { epoch: 2 } }]]);
  });

  it('R15 nobody is told what the room has heard while the log was asked', async () => {
    const before = believed() ?? null;
    await push();
    b.received.length = 0;
    openLists().correctHead(list, before, at(1));
    openLists().correctHead(list, before, at(2));
    expect(told()).toEqual([[], []]);
    expect([a.cuts, b.cuts]).toEqual([[], []]);
  });

  it('R15 a role is put right, on each connection, and whoever has none leaves the room', async () => {
    expect(openLists().seats).toEqual([
      { list, userId: person('a').userId, role: 'editor' },
      { list, userId, role: 'editor' },
    ]);
    openLists().correctRole({ list, userId, role: 'editor' }, 'viewer');
    expect(b.received).toEqual([{ event: 'access', message: { list, role: 'viewer' } }]);
    openLists().correctRole({ list, userId, role: 'viewer' }, null);
    await world.clock.advance(rosterPauseMs);
    expect(b.received.at(-1)).toEqual({ event: 'access', message: { list, role: null } });
    expect(world.rooms.membersOf(list)).toEqual([a.peer]);
  });

  it('R15 a role that has changed while the log was asked stays', () => {
    world.relay.announce({ kind: 'access', list, userId, role: 'viewer' });
    b.received.length = 0;
    openLists().correctRole({ list, userId, role: 'editor' }, 'owner');
    expect([b.received, b.peer.seats.get(list)?.role]).toEqual([[], 'viewer']);
    openLists().correctRole({ list, userId, role: 'viewer' }, 'viewer');
    expect(b.received).toEqual([]);
  });

  it('R16 whoever has a list open whose numbers have gone back is cut, so that they are greeted anew', async () => {
    await push();
    openLists().correctHead(list, believed() ?? null, at(1));
    expect([a.cuts, b.cuts]).toEqual([['a'], ['b']]);
  });

  it('R16 a push that gets a number which was given before says the same', async () => {
    const backup = world.memory.backup();
    await push();
    world.memory.restore(backup);
    await push();
    expect([a.cuts, b.cuts]).toEqual([['a'], ['b']]);
  });

  it('R18 of an edit that was carried over everybody is told to read, also who made it', async () => {
    world.log.append = () => Promise.resolve([{ ok: true, value: at(5, 1), isCarried: true }]);
    expect(await push()).toEqual({ ok: true, value: at(5, 1) });
    const head = { event: 'head', message: { list, epoch: 1, seq: 5 } };
    expect(told()).toEqual([[head], [head]]);
  });

  it('R12 a head that the api announces reaches everybody', () => {
    world.relay.announce({ kind: 'head', list, epoch: 1, seq: 2 });
    const head = { event: 'head', message: { list, epoch: 1, seq: 2 } };
    expect(told()).toEqual([[head], [head]]);
  });
});
