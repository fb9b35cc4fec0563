import { createListId, type ListId } from '@trolley/shared/protocol';
import { describe, expect, it } from 'vitest';
import {
  inPlace,
  isArchived,
  learnPlaces,
  moveTo,
  nowhere,
  readPlaces,
  sayPlaces,
  unsentPlaces,
  writePlaces,
  type ListPlaces,
} from './list-places.ts';

const [a, b, c, d] = [1, 2, 3, 4].map((n) => createListId((length) => new Uint8Array(length).fill(n)));
if (!a || !b || !c || !d) throw new Error('there are four lists');
const lists = [a, b, c].map((list, i) => ({ list, openedAtMs: 100 - i }));
const ordered = (places: ListPlaces, of = lists) => inPlace(of, places).map(({ list }) => list);

function moved(places: ListPlaces, list: ListId, index: number, atMs: number): ListPlaces {
  return sayPlaces(places, moveTo(ordered(places), places, list, index), atMs);
}

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    length: 0,
    key: () => null,
    clear: () => {
      kept.clear();
    },
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

describe('where lists are kept', () => {
  it('W21 is nowhere at first: the last opened is on top', () => {
    expect(ordered(nowhere)).toEqual([a, b, c]);
  });

  it('W21 is where somebody puts them, whatever is opened since; a new list stands on top', () => {
    let places = moved(nowhere, c, 0, 1);
    expect(ordered(places)).toEqual([c, a, b]);
    places = moved(places, c, 1, 2);
    expect(ordered(places)).toEqual([a, c, b]);
    places = moved(places, a, 2, 3);
    expect(ordered(places)).toEqual([c, b, a]);
    expect(ordered(places, [...lists, { list: d, openedAtMs: 5 }])).toEqual([d, c, b, a]);
  });

  it('W21 says as little as need be', () => {
    const first = moveTo([a, b, c], nowhere, c, 0);
    expect(first.map(({ list }) => list)).toEqual([c, a, b]);
    const places = sayPlaces(nowhere, first, 1);
    expect(moveTo(ordered(places), places, b, 0).map(({ list }) => list)).toEqual([b]);
  });

  it('W21 finds a place between lists that two phones put into one', () => {
    const said = [a, b, c].map((list) => ({ list, place: 'a0' }));
    const places = moved(sayPlaces(nowhere, said, 1), c, 1, 2);
    expect(ordered(places)).toEqual([a, c, b]);
  });

  it('W21 waits until the server has heard it, and survives a reload', () => {
    const storage = memory();
    const places = sayPlaces(moved(nowhere, b, 0, 1), [{ list: c, archived: true }], 2);
    writePlaces(storage, places);
    const again = readPlaces(storage);
    expect(again).toEqual(places);
    expect([...unsentPlaces(again, [a, b, c]).keys()]).toEqual([a, b, c]);
    expect(unsentPlaces(again, [c]).get(c)?.archived).toEqual({ value: true, atMs: 2, isSent: false });
    const heard = new Map([...again].map(([list, { place, archived }]) => [list, sent({ place, archived })]));
    expect(unsentPlaces(learnPlaces(again, heard), [a, b, c])).toEqual(new Map());
  });

  it('W21 the later word counts, of order and archive each by itself', () => {
    const here = sayPlaces(nowhere, [{ list: a, place: 'a5', archived: true }], 50);
    const there: ListPlaces = new Map([
      [a, { place: { value: 'a1', atMs: 40, isSent: true }, archived: { value: false, atMs: 60, isSent: true } }],
    ]);
    const places = learnPlaces(here, there);
    expect(places.get(a)?.place).toMatchObject({ value: 'a5', isSent: false });
    expect(isArchived(places, a)).toBe(false);
    expect([...unsentPlaces(places, [a])]).toEqual([[a, { place: { value: 'a5', atMs: 50, isSent: false } }]]);
  });

  it('W21 is nowhere where the memory holds something else, or refuses', () => {
    const storage = memory();
    for (const text of ['', '{', '[1]', '{"a":1}', '[["a",{"place":7}]]']) {
      storage.setItem('trolley.places', text);
      expect(readPlaces(storage)).toEqual(nowhere);
    }
    expect(readPlaces(null)).toEqual(nowhere);
  });
});

function sent({ place, archived }: { place: unknown; archived: unknown }) {
  return { ...markSent('place', place), ...markSent('archived', archived) };
}

function markSent(key: string, value: unknown) {
  return typeof value === 'object' && value !== null ? { [key]: { ...value, isSent: true } } : {};
}
