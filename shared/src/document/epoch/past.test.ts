import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { createList } from '../commands/list-commands.ts';
import { anna, ben, phone } from '../fixtures/family.ts';
import { first, rawUpdate } from '../fixtures/raw-update.ts';
import { inspectUpdate } from '../guard/inspect-update.ts';
import { limits } from '../../protocol/index.ts';
import { carryOver } from './carry-over.ts';
import { clocksIn, decodeClocks, encodeClocks } from './clocks.ts';
import { keepValues } from './key-values.ts';
import { readPast } from './past.ts';
import { seedEpoch } from './seed-epoch.ts';

const client = fc.integer({ min: 0, max: 0xffff_ffff });
const clock = fc.integer({ min: 0, max: 2 ** 31 });

describe('what an epoch says of those before it', () => {
  it('D6 writes clocks as text and reads them back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(client, clock)), (pairs) => {
        const clocks = new Map(pairs);
        expect(decodeClocks(encodeClocks(clocks))).toEqual(new Map([...clocks].sort(([a], [b]) => a - b)));
      }),
    );
  });

  it.each([null, 7, '?', 'gICAgICAgICAgIA', ['AgE=']])('D6 reads no clocks from %j', (value) => {
    expect(decodeClocks(value).size).toBe(0);
  });

  it('D6 says how much of the epoch that it follows a seed has had, and of those before as well', () => {
    const begun = phone(1);
    createList(begun, 'Home', anna());
    const second = phone(2, seedEpoch(begun, 1, { nowMs: anna(1).nowMs, clientId: 10 }).encode());
    addItem(second, { name: 'Milk' }, anna(2));
    const third = seedEpoch(second, 5, { nowMs: anna(3).nowMs, clientId: 11 });
    const past = readPast(third);
    expect(past.parent).toBe(1);
    expect([past.had(0), past.had(1), past.had(2)]).toEqual([
      clocksIn(begun.encode()),
      clocksIn(second.encode()),
      new Map(),
    ]);
    expect([past.isCarrier(11), past.isCarrier(2)]).toEqual([true, false]);
  });

  it('D6 says what was brought over since, by whom, and not twice', () => {
    const early = phone(1);
    createList(early, 'Home', anna());
    const sealed = phone(2, early.encode());
    const next = phone(3, seedEpoch(sealed, 1, { nowMs: anna(1).nowMs, clientId: 10 }).encode());
    addItem(early, { name: 'Milk' }, ben(2));
    const edit = { before: keepValues(sealed), after: keepValues(early) };
    expect(carryOver(edit, next)).toHaveLength(1);
    const past = readPast(next);
    expect(past.had(0)).toEqual(clocksIn(early.encode()));
    expect(past.parent).toBe(0);
    expect(past.isCarrier(3)).toBe(true);
    expect(carryOver(edit, next)).toEqual([]);
  });

  it('D6 says nothing of an epoch with more clients than there is room for, and passes the guard', () => {
    const crowded = phone(1);
    createList(crowded, 'Home', anna());
    const clients = Array.from({ length: 1_500 }, (_, index) => 1_000_000 + (1_499 - index) * 2_000_003);
    const blocks = clients.map((id, index) => ({
      client: id,
      structs: [first('note', `item${String(1_000 + index)}`, 'note')],
    }));
    expect(crowded.apply(rawUpdate(blocks), 'remote')).toEqual({ applied: true });
    const seed = seedEpoch(crowded, 1, { nowMs: anna(1).nowMs, clientId: 10 });
    expect(readPast(seed)).toMatchObject({ epochs: [], parent: undefined });
    expect(inspectUpdate(seed.encode(), limits.maxSnapshotBytes)).toEqual({ ok: true });
    expect(readPast(seed).isCarrier(10)).toBe(true);
  });
});
