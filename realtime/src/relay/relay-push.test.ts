import { limits, type PushRequest, type ServerMessage } from '@trolley/shared/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectionOf, largeUpdate, person, testList as list, updatesFor } from '../testing/family.ts';
import { RelayWorld } from '../testing/relay-world.ts';

const [milk = new Uint8Array(), bread = new Uint8Array()] = updatesFor(1, ['Milk', 'Bread']);
const large = largeUpdate(limits.maxUpdateBytes + 1);

describe('a push', () => {
  let world: RelayWorld;
  let a: Awaited<ReturnType<RelayWorld['seat']>>;
  let b: Awaited<ReturnType<RelayWorld['seat']>>;

  beforeEach(async () => {
    world = new RelayWorld({ a: 'editor', b: 'editor', v: 'viewer' });
    a = await world.seat('a', 7);
    b = await world.seat('b', 8);
    a.received.length = 0;
  });

  const push = (fields: Partial<PushRequest> = {}, peer = a.peer) =>
    world.relay.push(peer, { list, epoch: 0, update: milk, ...fields });
  /** What so many pushes come to that are made at one moment. */
  const answersTo = async (count: number, pushOne: (call: number) => ReturnType<typeof push>) => {
    const answers = Array.from({ length: count }, (_, call) => pushOne(call));
    await world.clock.advance(100);
    return Promise.all(answers);
  };
  const limited = (answers: Awaited<ReturnType<typeof answersTo>>) =>
    answers.flatMap((answer) => (!answer.ok && answer.error.code === 'rate-limited' ? [answer.error] : []));
  const updates = (received: ServerMessage[]) => received.filter(({ event }) => event === 'update');

  it('R2 is committed, then broadcast to the others, then acknowledged', async () => {
    let committedAtBroadcast = -1;
    const send = world.rooms.broadcast.bind(world.rooms);
    world.rooms.broadcast = (...args) => {
      committedAtBroadcast = world.memory.committed(list).length;
      send(...args);
    };
    let isAcknowledged = false;
    world.log.beforeAppend = () => {
      expect([isAcknowledged, b.received]).toEqual([false, []]);
    };
    const answer = await push();
    isAcknowledged = true;
    expect(answer).toEqual({ ok: true, value: { epoch: 0, seq: 1 } });
    expect(committedAtBroadcast).toBe(1);
    expect(b.received).toEqual([{ event: 'update', message: { list, epoch: 0, seq: 1, update: milk } }]);
    expect(a.received).toEqual([]);
  });

  it('R2 broadcasts in the order of the log', async () => {
    const pushes = [push(), push({ update: bread }), push()];
    await world.clock.advance(10);
    await Promise.all(pushes);
    expect(world.rooms.events).toEqual(['update 1', 'update 2', 'update 3']);
  });

  it('R2 tells nobody of an edit that was never committed', async () => {
    world.memory.nextFault = () => 'before-commit';
    await world.relay.push(connectionOf('a', 'without a seat').peer, { list, epoch: 0, update: milk });
    expect([b.received, world.memory.committed(list)]).toEqual([[], []]);
  });

  it.each(['before-commit', 'after-commit'] as const)(
    'R4 is broadcast without a number and refused when the store is away %s',
    async (fault) => {
      world.memory.nextFault = () => fault;
      expect(await push()).toMatchObject({ ok: false, error: { code: 'unavailable' } });
      expect(b.received).toEqual([{ event: 'update', message: { list, epoch: 0, seq: null, update: milk } }]);
    },
  );

  it('R4 is not broadcast without a number for a viewer, nor for whoever has not opened the list', async () => {
    const viewer = await world.seat('v', 9);
    world.memory.nextFault = () => 'before-commit';
    await push({}, viewer.peer);
    await push({}, connectionOf('b', 'another tab').peer);
    expect([updates(a.received), updates(b.received)]).toEqual([[], []]);
  });

  it('P15 of a viewer is forbidden, and reaches nobody', async () => {
    const viewer = await world.seat('v', 9);
    expect(await push({}, viewer.peer)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect([updates(a.received), world.memory.committed(list)]).toEqual([[], []]);
  });

  it('P15 is refused by the role of this moment, not of the moment of opening', async () => {
    world.memory.setRole(list, person('a').userId, 'viewer');
    expect(await push()).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  it('P14 of a stranger is answered as if there were no such list', async () => {
    expect(await push({}, connectionOf('x').peer)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(updates(b.received)).toEqual([]);
  });

  it('P12 may have so many bytes and no more', async () => {
    const allowed = limits.maxUpdateBytes;
    expect(await push({ update: new Uint8Array(allowed + 1) })).toMatchObject({ error: { code: 'too-large' } });
    expect(await push({ update: new Uint8Array(limits.maxSnapshotBytes + 1), isBulk: true })).toMatchObject({
      error: { code: 'too-large' },
    });
    expect(await push({ update: large })).toMatchObject({ error: { code: 'too-large' } });
    expect(world.log.asked).not.toContain('append');
    expect(await push({ update: large, isBulk: true })).toMatchObject({ ok: true });
  });

  it('P13 passes the guard before it is stored or shown', async () => {
    expect(await push({ update: Uint8Array.of(1, 2, 3) })).toMatchObject({ error: { code: 'update-rejected' } });
    expect([b.received, world.memory.committed(list)]).toEqual([[], []]);
  });

  it('P10 of the same update again changes nothing but the number', async () => {
    expect(await push()).toMatchObject({ value: { seq: 1 } });
    expect(await push()).toMatchObject({ value: { seq: 2 } });
  });

  it.each([
    ['nothing', undefined],
    ['text', 'push'],
    ['an update in text', { list, epoch: 0, update: 'AQID' }],
    ['no list', { epoch: 0, update: milk }],
    ['a broken epoch', { list, epoch: -1, update: milk }],
    ['isBulk in text', { list, epoch: 0, update: milk, isBulk: 'yes' }],
  ])('R10 with %s is answered with a code and changes nothing', async (_what, raw) => {
    expect(await world.relay.push(a.peer, raw)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect([world.memory.committed(list), b.received]).toEqual([[], []]);
  });

  it('R7 a flood is told when to come back, whatever it consists of', async () => {
    const refused = limited(
      await answersTo(250, (call) =>
        world.relay.push(a.peer, call % 2 === 0 ? null : { list, epoch: 0, update: milk }),
      ),
    );
    expect(refused.length).toBeGreaterThan(45);
    const retryAfterMs = refused.at(-1)?.retryAfterMs ?? 0;
    expect(retryAfterMs).toBeGreaterThan(0);
    await world.clock.advance(retryAfterMs);
    const later = [push(), push({}, b.peer)];
    await world.clock.advance(100);
    expect(await Promise.all(later)).toMatchObject([{ ok: true }, { ok: true }]);
  });

  it('R7 bytes have a rate too', async () => {
    const answers = await answersTo(80, () => push({ update: large, isBulk: true }));
    expect(limited(answers.slice(-1))).toHaveLength(1);
    expect(answers.filter(({ ok }) => ok).length * large.byteLength).toBeLessThanOrEqual(4 * 1024 * 1024);
  });
});
