import { describe, expect, it } from 'vitest';
import { addItem, ListDocument } from '@trolley/shared/document';
import { createMemberId, TrolleyError } from '@trolley/shared/protocol';
import { FakeClock, settle } from '@trolley/shared/testing';
import type { Moment, PastDocument } from './history-api.ts';
import { TimeMachine } from './time-machine.svelte.ts';

const minuteMs = 60_000;
const memberId = createMemberId((length) => new Uint8Array(length).fill(1));

/** A list to which something was added in each of five minutes. Its log is told two minutes at a time. */
function createFixture() {
  const clock = new FakeClock();
  const document = new ListDocument();
  const pasts = new Map<number, PastDocument>();
  const moments: Moment[] = [];
  for (const [index, name] of ['Milk', 'Bread', 'Eggs', 'Jam', 'Salt'].entries()) {
    addItem(document, { name }, { memberId, nowMs: clock.nowMs() });
    const at = clock.nowMs() + (index - 9) * minuteMs;
    moments.unshift({ at, edits: 1, by: [memberId] });
    pasts.set(at, { epoch: 0, update: document.encode() });
  }
  let isOffline = false;
  const asked: number[] = [];
  const answer = async <T>(value: T | undefined): Promise<T> => {
    await settle();
    if (isOffline) throw new TrolleyError('unavailable', 'no network');
    if (value === undefined) throw new TrolleyError('not-found', 'nothing known');
    return value;
  };
  const machine = new TimeMachine({
    clock,
    moments: (beforeMs) => {
      const told = moments.filter(({ at }) => at <= beforeMs);
      return answer({ moments: told.slice(0, 2), next: told[2]?.at ?? null });
    },
    document: (atMs) => {
      asked.push(atMs);
      return answer(pasts.get(atMs));
    },
  });
  const goOffline = (isNow: boolean) => {
    isOffline = isNow;
  };
  const names = () => machine.shown?.items.map(({ name }) => name).join(' ');
  return { clock, machine, pasts, moments, asked, goOffline, names };
}

describe('TimeMachine', () => {
  it('W50 shows the list as it was at any minute, as far back as it is kept', async () => {
    const { clock, machine, names, moments } = createFixture();
    await machine.load();
    expect([machine.moments.length, machine.hasEarlier, names()]).toEqual([2, true, 'Milk Bread Eggs Jam Salt']);
    machine.choose(1);
    expect(machine.isCurrent).toBe(false);
    await clock.advance(1_000);
    expect([machine.isCurrent, names()]).toEqual([true, 'Milk Bread Eggs Jam']);
    await machine.loadEarlier();
    expect([machine.index, names()]).toEqual([2, 'Milk Bread Eggs']);
    await machine.loadEarlier();
    expect([machine.moments, machine.hasEarlier, names()]).toEqual([moments, false, 'Milk']);
  });

  it('W50 asks for none of the minutes that a slider passes over, and for none twice', async () => {
    const { clock, machine, moments, asked, names } = createFixture();
    await machine.load();
    await machine.loadEarlier();
    asked.length = 0;
    for (const index of [1, 2, 3, 1]) machine.choose(index);
    await clock.advance(1_000);
    expect(asked).toEqual([moments[1]?.at]);
    machine.choose(0);
    machine.choose(1);
    expect([asked.length, names()]).toEqual([1, 'Milk Bread Eggs Jam']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('W50 says kindly that there is no network, and goes on where it stood', async () => {
    const { clock, machine, goOffline, names } = createFixture();
    goOffline(true);
    await machine.load();
    expect([machine.problem === null, machine.shown, machine.isBusy]).toEqual([false, null, false]);
    goOffline(false);
    await machine.retry();
    expect([machine.problem, names()]).toEqual([null, 'Milk Bread Eggs Jam Salt']);
    goOffline(true);
    machine.choose(1);
    await clock.advance(1_000);
    expect([machine.problem === null, machine.isCurrent]).toEqual([false, false]);
    goOffline(false);
    await machine.retry();
    expect([machine.problem, machine.isCurrent, names()]).toEqual([null, true, 'Milk Bread Eggs Jam']);
  });

  it('W50 shows nothing of what the guard refuses', async () => {
    const { machine, moments, pasts } = createFixture();
    pasts.set(moments[0]?.at ?? 0, { epoch: 0, update: new Uint8Array([1, 2, 3, 255]) });
    await machine.load();
    expect([machine.problem === null, machine.shown]).toEqual([false, null]);
  });
});
