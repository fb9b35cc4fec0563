import { ListDocument, Presence } from '@trolley/shared/document';
import type { ServerMessage } from '@trolley/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person, testList as list, updatesFor } from '../testing/family.ts';
import { RelayWorld, rosterPauseMs } from '../testing/relay-world.ts';

/** What a client with this id says of itself. */
function awarenessOf(clientId: number): Uint8Array {
  const presence = new Presence(new ListDocument({ clientId }));
  const bytes = presence.encodeLocal();
  presence.dispose();
  return bytes;
}

describe('what the room is told', () => {
  let world: RelayWorld;
  let a: Awaited<ReturnType<RelayWorld['seat']>>;
  let b: Awaited<ReturnType<RelayWorld['seat']>>;

  beforeEach(async () => {
    world = new RelayWorld({ a: 'editor', b: 'editor', v: 'viewer' });
    a = await world.seat('a', 7);
    b = await world.seat('b', 8);
    a.received.length = 0;
  });
  afterEach(() => {
    for (const { peer } of [a, b]) world.relay.disconnect(peer);
    expect(world.relay.lists).toEqual([]);
  });

  const presences = (received: ServerMessage[]) => received.filter(({ event }) => event === 'presence');

  it('R5 presence reaches the others and not its sender', () => {
    const message = { list, awareness: awarenessOf(7) };
    world.relay.presence(a.peer, message);
    expect([presences(a.received), presences(b.received)]).toEqual([[], [{ event: 'presence', message }]]);
  });

  it.each([
    ['for another client', { list, awareness: awarenessOf(8) }],
    ['in a list that is not open', { list: `${list.slice(1)}x`, awareness: awarenessOf(7) }],
    ['that is no awareness', { list, awareness: Uint8Array.of(1, 2, 3) }],
    ['that is too long', { list, awareness: new Uint8Array(1_025) }],
    ['without bytes', { list, awareness: 'here' }],
    ['that is nothing', undefined],
  ])('R5 drops presence %s', (_what, message) => {
    world.relay.presence(a.peer, message);
    expect([presences(a.received), presences(b.received)]).toEqual([[], []]);
  });

  it('R5 nobody can speak for another by taking their client id', async () => {
    const thief = await world.seat('v', 8, 'thief');
    a.received.length = 0;
    world.relay.presence(thief.peer, { list, awareness: awarenessOf(8) });
    expect(presences(a.received)).toEqual([]);
    world.relay.presence(b.peer, { list, awareness: awarenessOf(8) });
    expect(presences(a.received)).toHaveLength(1);
    world.relay.disconnect(thief.peer);
  });

  it('R5 the same person may come back before the old connection is known to be gone', async () => {
    const again = await world.seat('b', 8, 'b again');
    a.received.length = 0;
    world.relay.presence(again.peer, { list, awareness: awarenessOf(8) });
    expect(presences(a.received)).toHaveLength(1);
    world.relay.disconnect(again.peer);
  });

  it('R7 drops presence above the rate, and goes on when there is room again', async () => {
    const message = { list, awareness: awarenessOf(7) };
    for (let call = 0; call < 400; call += 1) world.relay.presence(a.peer, message);
    expect(presences(b.received).length).toBeLessThanOrEqual(200);
    b.received.length = 0;
    await world.clock.advance(1_000);
    world.relay.presence(a.peer, message);
    expect(presences(b.received)).toHaveLength(1);
  });

  it('R11 whoever loses access is told, cut off at once, and gone from the roster', async () => {
    const { userId } = person('b');
    world.memory.setRole(list, userId, null);
    world.relay.announce({ kind: 'access', list, userId, role: null });
    expect(b.received).toEqual([{ event: 'access', message: { list, role: null } }]);
    const [update = new Uint8Array()] = updatesFor(1, ['Milk']);
    await world.relay.push(a.peer, { list, epoch: 0, update });
    await world.clock.advance(rosterPauseMs);
    expect(b.received).toHaveLength(1);
    expect(a.received).toMatchObject([{ event: 'roster', message: { present: [{ clientId: 7 }] } }]);
  });

  it('R11 whoever has another role is told, on each connection, and goes on', () => {
    const { userId } = person('b');
    world.relay.announce({ kind: 'access', list, userId, role: 'viewer' });
    expect([b.received, a.received]).toEqual([[{ event: 'access', message: { list, role: 'viewer' } }], []]);
    expect(b.peer.seats.get(list)?.role).toBe('viewer');
  });

  it('R12 what came in by another way reaches everybody in the room', () => {
    const [update = new Uint8Array()] = updatesFor(1, ['Milk']);
    world.relay.announce({ kind: 'appended', list, epoch: 0, seq: 1, update });
    const told = [{ event: 'update', message: { list, epoch: 0, seq: 1, update } }];
    expect([a.received, b.received]).toEqual([told, told]);
  });
});
