import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { addItem } from '../commands/add-item.ts';
import { removeItem } from '../commands/remove-items.ts';
import { tickItem } from '../commands/tick-item.ts';
import { cpuTimeMs } from '../fixtures/cpu-time.ts';
import { anna, ben, describeView, phone } from '../fixtures/family.ts';
import { victim } from '../fixtures/hostile/hostile-update.ts';
import { hostileSizes } from '../fixtures/hostile/sizes.ts';
import { hostileStructures } from '../fixtures/hostile/structures.ts';
import { hostileValues } from '../fixtures/hostile/values.ts';
import type { ListDocument } from '../list-document.ts';
import { inspectUpdate } from './inspect-update.ts';

const bounds = { tookMs: 200, grownBytes: 64 * 1024 * 1024 };

/** Fifty products, some ticked, some removed. */
function busyList(): ListDocument {
  const doc = phone(victim);
  for (let i = 0; i < 50; i++) {
    const { id } = addItem(doc, { name: `Item ${i}`, note: `note ${i}` }, anna(i));
    if (i % 2 === 1) tickItem(doc, id, ben(100));
    if (i % 5 === 0) removeItem(doc, id, ben(101));
  }
  return doc;
}

describe('hostile updates', () => {
  for (const [name, makeUpdate, reason] of [...hostileSizes, ...hostileValues, ...hostileStructures]) {
    it(`D5 rejects, quickly and in little memory: ${name}`, () => {
      const update = makeUpdate();
      const doc = busyList();
      const before = { view: describeView(doc), state: doc.encode() };
      const memoryBytes = process.memoryUsage.rss();
      let outcome: unknown;
      const tookMs = cpuTimeMs(() => {
        outcome = [inspectUpdate(update, limits.maxSnapshotBytes), doc.apply(update, 'remote')];
      });
      const grownBytes = process.memoryUsage.rss() - memoryBytes;
      expect(outcome).toEqual([reason === 'gap' ? { ok: true } : { ok: false, reason }, { applied: false, reason }]);
      expect(tookMs).toBeLessThan(bounds.tookMs);
      expect(grownBytes).toBeLessThan(bounds.grownBytes);
      expect({ view: describeView(doc), state: doc.encode() }).toEqual(before);
    });
  }
});
