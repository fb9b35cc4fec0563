import { createListId, limits, type ServerMessage } from '@trolley/shared/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectionOf, person, testList as list, updatesFor } from '../testing/family.ts';
import { RelayWorld, rosterPauseMs } from '../testing/relay-world.ts';

const [milk = new Uint8Array(), bread = new Uint8Array()] = updatesFor(1, ['Milk', 'Bread']);

describe('a pull', () => {
  let world: RelayWorld;
  beforeEach(() => {
    world = new RelayWorld({ a: 'editor', b: 'editor', v: 'viewer' });
  });

  const rosters = (received: ServerMessage[]) => received.filter(({ event }) => event === 'roster');
  const outsidePush = async (update: Uint8Array) => {
    await world.memory.append([{ userId: person('b').userId, list, epoch: 0, update }]);
  };

  it('R1 answers what was there, with role and head, and takes a seat', async () => {
    await outsidePush(milk);
    const { answer, peer } = await world.seat('v', 7);
    expect(answer).toEqual({ ok: true, value: { role: 'viewer', epoch: 0, head: 1, updates: [milk] } });
    expect([peer.seats.get(list), world.relay.lists]).toEqual([{ role: 'viewer', clientId: 7 }, [list]]);
  });

  it('R1 misses nothing that is appended before, while or after the room is joined', async () => {
    for (const moment of ['before the join', 'at the join'] as const) {
      world = new RelayWorld({ a: 'editor', b: 'editor' });
      await outsidePush(milk);
      if (moment === 'before the join')
        world.log.aroundPull.after = (count) => (count === 1 ? outsidePush(bread) : undefined);
      else world.rooms.beforeJoin = () => outsidePush(bread);
      const { answer } = await world.seat('a', 7);
      expect([moment, answer]).toEqual([
        moment,
        { ok: true, value: { role: 'editor', epoch: 0, head: 2, updates: [milk, bread] } },
      ]);
    }
  });

  it('P2 answers what comes after the cursor, in log order, and nothing when there is nothing new', async () => {
    await outsidePush(milk);
    await outsidePush(bread);
    const { peer } = connectionOf('a');
    const updatesAfter = async (cursor: number) => {
      const answer = await world.relay.pull(peer, world.pullRequest({ cursor }));
      return answer.ok ? answer.value.updates : answer.error;
    };
    expect([await updatesAfter(0), await updatesAfter(1), await updatesAfter(2)]).toEqual([[milk, bread], [bread], []]);
  });

  it('R1 does not join a room without a client id', async () => {
    const { peer } = connectionOf('a');
    expect(await world.relay.pull(peer, world.pullRequest())).toMatchObject({ ok: true });
    expect([world.rooms.events, world.relay.lists]).toEqual([[], []]);
  });

  it('R1 reads once when it has its seat already', async () => {
    const { peer } = await world.seat('a', 7);
    world.log.asked.length = 0;
    await world.relay.pull(peer, world.pullRequest({ clientId: 7 }));
    expect([world.log.asked, world.rooms.events]).toEqual([['pull'], []]);
  });

  it('P14 a list that does not exist and one that the peer is no member of are answered alike', async () => {
    const { peer } = connectionOf('x');
    const foreign = await world.relay.pull(peer, world.pullRequest({ clientId: 7 }));
    const nowhere = createListId((byteLength) => new Uint8Array(byteLength).fill(99));
    const unknown = await world.relay.pull(peer, world.pullRequest({ list: nowhere, clientId: 7 }));
    expect(foreign).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(unknown).toEqual(foreign);
    expect([world.rooms.events, world.relay.lists]).toEqual([[], []]);
  });

  it('R6 tells everybody in the room who is there when somebody comes, leaves and is gone', async () => {
    const a = await world.seat('a', 7);
    const entry = (letter: string, clientId: number) => {
      const { memberId, name, color } = person(letter);
      return { memberId, name, color, clientId };
    };
    const b = await world.seat('b', 8);
    expect(a.received).toEqual([{ event: 'roster', message: { list, present: [entry('a', 7), entry('b', 8)] } }]);
    a.received.length = 0;
    world.relay.leave(b.peer, { list });
    await world.clock.advance(0);
    expect(a.received).toEqual([{ event: 'roster', message: { list, present: [entry('a', 7)] } }]);
    world.relay.disconnect(a.peer);
    expect([world.relay.lists, a.peer.seats.size]).toEqual([[], 0]);
  });

  it('R6 tells of many changes in a moment once, and then of what they came to', async () => {
    const a = await world.seat('a', 1);
    const others = await Promise.all(['b', 'v'].map((letter, index) => world.seat(letter, 10 + index)));
    a.received.length = 0;
    for (const { peer } of others) world.relay.leave(peer, { list });
    await world.clock.advance(0);
    const [back] = others;
    if (back === undefined) throw new Error('two');
    for (let time = 0; time < 5; time += 1) {
      await world.relay.pull(back.peer, world.pullRequest({ clientId: 10 }));
      world.relay.leave(back.peer, { list });
    }
    await world.relay.pull(back.peer, world.pullRequest({ clientId: 10 }));
    await world.clock.advance(rosterPauseMs);
    const present = rosters(a.received).map((roster) => roster.message);
    expect(present).toMatchObject([{ present: [{ clientId: 1 }] }, { present: [{ clientId: 1 }, { clientId: 10 }] }]);
  });

  it.each(['leaves the list', 'is gone'])(
    'R6 gives no seat to a peer that %s before the pull is answered',
    async (what) => {
      for (const moment of ['during the first read', 'during the join', 'during the second read']) {
        world = new RelayWorld({ a: 'editor' });
        const { peer } = connectionOf('a');
        const go = () => {
          if (what === 'is gone') world.relay.disconnect(peer);
          else world.relay.leave(peer, { list });
        };
        const inRead = (count: number) => {
          if (count === (moment === 'during the first read' ? 1 : 2)) go();
        };
        if (moment === 'during the join') world.rooms.beforeJoin = go;
        else world.log.aroundPull.after = inRead;
        await world.relay.pull(peer, world.pullRequest({ clientId: 7 }));
        await world.clock.advance(0);
        expect([moment, peer.seats.size, world.relay.lists, world.rooms.membersOf(list)]).toEqual([moment, 0, [], []]);
      }
    },
  );

  it('R6 a leave says nothing about a pull that comes after it', async () => {
    const { peer } = await world.seat('a', 7);
    world.relay.leave(peer, { list });
    await world.relay.pull(peer, world.pullRequest({ clientId: 7 }));
    expect(world.rooms.membersOf(list)).toEqual([peer]);
  });

  it('R11 whoever is taken out of the list while pulling does not stay in its room', async () => {
    world.rooms.beforeJoin = () => {
      world.memory.setRole(list, person('a').userId, null);
      world.relay.announce({ kind: 'access', list, userId: person('a').userId, role: null });
    };
    const { answer, peer } = await world.seat('a', 7);
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect([peer.seats.size, world.rooms.membersOf(list)]).toEqual([0, []]);
  });

  it('R11 a role that changes while pulling is the one that counts', async () => {
    world.rooms.beforeJoin = () => {
      world.memory.setRole(list, person('a').userId, 'viewer');
    };
    const { answer, peer } = await world.seat('a', 7);
    expect(answer).toMatchObject({ ok: true, value: { role: 'viewer' } });
    expect(peer.seats.get(list)?.role).toBe('viewer');
  });

  it(`R8 opens at most ${String(limits.maxOpenLists)} lists for one connection`, async () => {
    const { peer } = connectionOf('a');
    const codes: unknown[] = [];
    for (let count = 0; count <= limits.maxOpenLists; count += 1) {
      const another = createListId((byteLength) => new Uint8Array(byteLength).fill(100 + count));
      world.memory.create(another, person('a').userId);
      const answer = await world.relay.pull(peer, world.pullRequest({ list: another, clientId: 7 }));
      codes.push(answer.ok ? 'ok' : answer.error.code);
    }
    expect(codes.slice(-2)).toEqual(['ok', 'busy']);
    expect(peer.seats.size).toBe(limits.maxOpenLists);
  });
});
