import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../protocol/index.ts';
import { act, anyAction } from './fixtures/actions.ts';
import { anna, describeView, exchange, phone } from './fixtures/family.ts';
import { inspectUpdate } from './guard/inspect-update.ts';
import { mergeUpdates } from './merge-updates.ts';

describe('merging updates', () => {
  it('D5 any stretch of a log, merged, passes the guard and does the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), anyAction), { minLength: 2, maxLength: 40 }),
        fc.nat(),
        fc.nat(),
        (actions, a, b) => {
          const [mine, yours] = [phone(1), phone(2)];
          const log: Uint8Array[] = [];
          for (const doc of [mine, yours]) doc.onLocalUpdate((update) => log.push(update));
          actions.forEach(([isMine, action], minute) => {
            act(isMine ? mine : yours, action, anna(minute));
            exchange(mine, yours);
          });
          fc.pre(log.length > 1);
          const from = a % log.length;
          const to = Math.min(log.length, from + 1 + (b % limits.maxMergedUpdates));
          const merged = mergeUpdates(log.slice(from, to));
          expect(inspectUpdate(merged, limits.maxSnapshotBytes)).toEqual({ ok: true });
          const reader = phone(3);
          for (const update of [...log.slice(0, from), merged, ...log.slice(to)]) {
            expect(reader.apply(update, 'remote')).toEqual({ applied: true });
          }
          expect(describeView(reader)).toBe(describeView(mine));
        },
      ),
      { numRuns: 300 },
    );
  });
});
