import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';

it('P1 the clock of the simulation rings each timer at its moment, in the order of setting, and no cancelled one', async () => {
  const timers = fc.array(fc.record({ delayMs: fc.nat({ max: 20 }), isCancelled: fc.boolean() }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(timers, async (set) => {
      const clock = new FakeClock(0);
      const rung: string[] = [];
      for (const [order, { delayMs, isCancelled }] of set.entries()) {
        const cancel = clock.schedule(delayMs, () => rung.push(`${String(clock.nowMs())}: ${String(order)}`));
        if (isCancelled) cancel();
      }
      const expected = set
        .flatMap(({ delayMs, isCancelled }, order) => (isCancelled ? [] : [{ delayMs, order }]))
        .toSorted((a, b) => a.delayMs - b.delayMs || a.order - b.order)
        .map(({ delayMs, order }) => `${String(delayMs)}: ${String(order)}`);
      expect(clock.pendingTimers).toBe(expected.length);
      await clock.advance(20);
      expect([rung, clock.pendingTimers, clock.nowMs()]).toEqual([expected, 0, 20]);
    }),
    { numRuns: 60 },
  );
});

it('P1 a timer that is set while another rings has its turn', async () => {
  const clock = new FakeClock(0);
  const rung: number[] = [];
  clock.schedule(5, () => {
    rung.push(clock.nowMs());
    clock.schedule(3, () => rung.push(clock.nowMs()));
    clock.schedule(-1, () => rung.push(clock.nowMs()));
  });
  await clock.advance(10);
  expect(rung).toEqual([5, 5, 8]);
});
