import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { addItem } from '../commands/add-item.ts';
import { setNote } from '../commands/edit-item.ts';
import { clearTicked, removeItem } from '../commands/remove-items.ts';
import { tickItem } from '../commands/tick-item.ts';
import { cpuTimeMs } from '../fixtures/cpu-time.ts';
import { anna, ben, describeView, idOf, phone } from '../fixtures/family.ts';
import { deletedRun, first, following, rawUpdate, type RawBlock } from '../fixtures/raw-update.ts';
import type { ListDocument } from '../list-document.ts';
import { itemIdOf } from '../model/item-id.ts';
import { inspectUpdate } from './inspect-update.ts';

const key = itemIdOf('Milk');
const otherKey = itemIdOf('Bread');

/** A list, and everything that was then done to it, update by update. */
function history(): { base: Uint8Array; updates: Uint8Array[]; whole: Uint8Array } {
  const doc = phone(77);
  for (let i = 0; i < 60; i++) {
    const amount = { quantity: (i % 3) + 0.5, unit: i % 4 === 0 ? 'kg' : '' };
    const { id } = addItem(doc, { name: `Item ${i}`, amount, category: 'dairy', note: 'ripe' }, anna(i));
    if (i % 2 === 1) tickItem(doc, id, ben(100));
    if (i % 7 === 0) removeItem(doc, id, ben(101));
  }
  const base = doc.encode();
  const other = phone(99, base);
  const updates: Uint8Array[] = [];
  other.onLocalUpdate((update) => updates.push(update));
  for (const item of other.view.items.slice(0, 20)) {
    setNote(other, item.id, 'bæst — ½', ben(200));
    tickItem(other, item.id, ben(201));
  }
  clearTicked(other, ben(202));
  return { base, updates, whole: other.encode() };
}

/** Whatever was accepted has been taken in whole: what the document encodes is what it shows, and nothing waits. */
function expectSound(doc: ListDocument): void {
  const encoded = doc.encode();
  expect(inspectUpdate(encoded, limits.maxSnapshotBytes)).toEqual({ ok: true });
  expect(describeView(phone(424_242, encoded))).toBe(describeView(doc));
}

/** Applies an update and demands that it was either refused by the guard, unread by Yjs, or taken in whole. */
function applySoundly(doc: ListDocument, update: Uint8Array): boolean {
  const result = doc.apply(update, 'remote');
  if (result.applied) expectSound(doc);
  else if (result.reason !== 'gap' && result.reason !== 'crossed-keys') {
    expect(inspectUpdate(update, limits.maxSnapshotBytes)).toEqual({ ok: false, reason: result.reason });
  }
  return result.applied;
}

describe('updates that pass the guard', () => {
  const { base, updates, whole } = history();
  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 });
  const mutated = (bytes: Uint8Array, changes: readonly (readonly [number, number])[]) => {
    const copy = bytes.slice();
    for (const [at, value] of changes) copy[at % copy.length] = value;
    return copy;
  };

  it('D5 changed bytes of one update are rejected by name, or taken in whole', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...updates), flips, (update, changes) => {
        const doc = phone(5, base);
        const state = doc.encode();
        if (!applySoundly(doc, mutated(update, changes))) expect(doc.encode()).toEqual(state);
      }),
      { numRuns: 600 },
    );
  });

  it('D5 changed bytes of a whole state are rejected by name, or taken in whole', { timeout: 60_000 }, () => {
    let accepted = 0;
    fc.assert(
      fc.property(flips, (changes) => {
        if (applySoundly(phone(5), mutated(whole, changes))) accepted++;
      }),
      { numRuns: 800 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it('D5 random bytes are rejected by name, or taken in whole', { timeout: 60_000 }, () => {
    const doc = phone(5, base);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 64, max: 12 }), (wild, small) => {
        for (const update of [wild, small]) applySoundly(doc, update);
      }),
      { numRuns: 2_500 },
    );
  });

  it('D5 an update cut short is rejected at every length', () => {
    const doc = phone(5, base);
    for (const update of [...updates, whole]) {
      for (let length = 0; length < update.length; length += Math.ceil(update.length / 300)) {
        expect(doc.apply(update.slice(0, length), 'remote').applied).toBe(false);
      }
    }
    expect(doc.encode()).toEqual(phone(5, base).encode());
  });

  it(
    'D5 any web of clients that build on each other is taken in whole or rejected as a circle',
    { timeout: 60_000 },
    () => {
      const origin = fc.option(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })), { freq: 2 });
      let accepted = 0;
      const web = fc.array(fc.array(origin, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(web, (clients) => {
          const placed = ([client, clock]: readonly [number, number]) => {
            const at = client % clients.length;
            return [at, clock % (clients[at]?.length ?? 1)] as const;
          };
          const blocks = clients
            .map((origins, client): RawBlock => ({
              client,
              structs: origins.map((origin, i) =>
                origin === null ? first('note', itemIdOf(`${client} ${i}`), 'x') : following(...placed(origin), 'y'),
              ),
            }))
            .reverse();
          const doc = phone(5);
          if (applySoundly(doc, rawUpdate(blocks))) accepted++;
        }),
        { numRuns: 3_000 },
      );
      expect(accepted).toBeGreaterThan(100);
    },
  );
});

describe('what the guard knows of the document', () => {
  it('D5 rejects a run that continues one key under another', () => {
    const doc = phone(5);
    expect(doc.apply(rawUpdate([{ client: 9, structs: [first('note', key, 'a')] }]), 'remote')).toEqual({
      applied: true,
    });
    const crossed = rawUpdate([{ client: 9, structs: [deletedRun('note', otherKey, 3)] }]);
    expect(doc.apply(crossed, 'remote')).toEqual({ applied: false, reason: 'crossed-keys' });
    const straight = rawUpdate([{ client: 9, structs: [deletedRun('note', key, 3)] }]);
    expect(doc.apply(straight, 'remote')).toEqual({ applied: true });
  });

  it('D5 survives writes in its own name: it takes another client id and its later edits still reach the others', () => {
    const [mine, other] = [phone(9), phone(10)];
    addItem(mine, { name: 'Milk', category: 'dairy' }, anna());
    other.apply(mine.encode(), 'remote');
    const forged = rawUpdate([{ client: 9, clock: 4, structs: [first('note', key, 'forged')] }]);
    expect(mine.apply(forged, 'remote')).toEqual({ applied: true });
    expect(other.apply(forged, 'remote')).toEqual({ applied: true });
    expect(mine.clientId).not.toBe(9);
    tickItem(mine, idOf(mine, 'Milk'), anna(5));
    other.apply(mine.encode(), 'remote');
    expect(describeView(other)).toBe(describeView(mine));
    expect(other.view.items).toMatchObject([{ isTicked: true, note: 'forged' }]);
  });

  it('D5 stays quick where thousands of clients write one key at once', () => {
    const doc = phone(5);
    const crowd = Array.from({ length: 4_000 }, (_, i) => ({ client: 2e9 - i, structs: [first('note', key, 'x')] }));
    const tookMs = cpuTimeMs(() => {
      expect(doc.apply(rawUpdate(crowd), 'remote')).toEqual({ applied: true });
    });
    expect(tookMs).toBeLessThan(1_500);
  });
});
