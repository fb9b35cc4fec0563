import { createListId, TrolleyError, type ListId } from '@trolley/shared/protocol';
import { describe, expect, it, vi } from 'vitest';
import { KeptPlaces } from './kept-places.svelte.ts';
import type { ListPlaces } from './list-places.ts';

const idOf = (n: number): ListId => createListId((length) => new Uint8Array(length).fill(n));
const [a, b] = [idOf(1), idOf(2)];
const lists = [
  { list: a, openedAtMs: 2 },
  { list: b, openedAtMs: 1 },
];

/** A phone, whose server keeps what it is told. */
function createFixture() {
  const told: ListPlaces[] = [];
  const known = new Set([a, b]);
  const phone = { nowMs: 10, hasSession: true, isOnline: true, known };
  const places = new KeptPlaces({
    storage: null,
    nowMs: () => phone.nowMs,
    lists: () => Promise.resolve([a, b]),
    hasSession: () => phone.hasSession,
    exchange: (unsent) => {
      if (!phone.isOnline) return Promise.reject(new TrolleyError('unavailable', 'no network'));
      told.push(unsent);
      const heard = [...unsent].filter(([list]) => phone.known.has(list));
      return Promise.resolve(
        new Map(
          heard.map(([list, { archived }]) => [list, archived ? { archived: { ...archived, isSent: true } } : {}]),
        ),
      );
    },
  });
  const shown = () => places.arrange(lists).shown.map(({ list }) => list);
  return { places, phone, told, shown };
}

describe('lists that are put away', () => {
  it('W21 are so at once, and the server hears of it when it can', async () => {
    const { places, phone, told, shown } = createFixture();
    phone.isOnline = false;
    places.archive(a, true);
    expect(shown()).toEqual([b]);
    await places.exchange();
    expect(places.isWaiting([a, b])).toBe(true);
    phone.isOnline = true;
    await places.exchange();
    expect(told.at(-1)?.get(a)?.archived).toMatchObject({ value: true, atMs: 10 });
    expect(places.isWaiting([a, b])).toBe(false);
    expect(shown()).toEqual([b]);
  });

  it('W21 wait while the server does not know the list, and while there is no session', async () => {
    const { places, phone, told } = createFixture();
    phone.known.delete(a);
    places.archive(a, true);
    await places.exchange();
    expect(places.isWaiting([a])).toBe(true);
    phone.hasSession = false;
    const before = told.length;
    await places.exchange();
    expect(told).toHaveLength(before);
  });

  it('W21 are told once more when something was said while the server answered', async () => {
    const { places, phone } = createFixture();
    places.archive(a, true);
    phone.nowMs = 11;
    places.archive(a, false);
    await vi.waitFor(() => {
      expect(places.isWaiting([a, b])).toBe(false);
    });
    expect(places.arrange(lists).archived).toEqual([]);
  });
});
