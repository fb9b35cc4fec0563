import { isItemId, type ItemId } from '@trolley/shared/document';
import { createListId } from '@trolley/shared/protocol';
import { isStoreId } from '@trolley/shared/shopping';
import { describe, expect, it } from 'vitest';
import { noteTick, noTrip, readTripMemory, writeTripMemory } from './trip-memory.ts';

const list = createListId((byteLength) => new Uint8Array(byteLength));

function itemId(text: string): ItemId {
  if (!isItemId(text)) throw new Error(text);
  return text;
}

const [milk, bread] = [itemId('milkMILK'), itemId('bread123')];

/** A browser's storage. */
function storage(values = new Map<string, string>()) {
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

describe('what a phone remembers of a trip', () => {
  it('W60 is the order of its own ticks; one that was taken back does not count', () => {
    const ticked = [milk, bread, milk].reduce((trip, id) => noteTick(trip, id, true), noTrip);
    expect(ticked.ticked).toEqual([bread, milk]);
    expect(noteTick(ticked, bread, false).ticked).toEqual([milk]);
  });

  it('W60 is there again after the page was closed in a pocket', () => {
    const store = 'lidlLIDL';
    if (!isStoreId(store)) throw new Error(store);
    const browser = storage();
    writeTripMemory(browser, list, { store, ticked: [milk, bread] });
    expect(readTripMemory(browser, list)).toEqual({ store, ticked: [milk, bread] });
  });

  it.each(['', '{', '7', '{"store":1}', 'null'])('W60 is nothing where storage holds %j', (text) => {
    expect(readTripMemory({ getItem: () => text }, list)).toEqual(noTrip);
  });

  it('W60 costs nothing but the order where the browser refuses', () => {
    const refuse = () => {
      throw new Error('no room');
    };
    expect(() => {
      writeTripMemory({ setItem: refuse }, list, noTrip);
    }).not.toThrow();
    expect(readTripMemory({ getItem: refuse }, list)).toEqual(noTrip);
    expect(readTripMemory({ getItem: () => '["lidl",7,"milkMILK"]' }, list)).toEqual({ store: null, ticked: [milk] });
  });
});
