import { expect, it } from 'vitest';
import { SeededRandom } from '../../testing/seeded-random.ts';
import { ClockRanges } from './clock-ranges.ts';

it('R19 a range is covered when each of its clocks is, by whichever ranges (seed 19)', () => {
  const random = new SeededRandom(19);
  const drawRange = () => {
    const clock = random.integer(30);
    return { client: random.integer(2), clock, end: clock + 1 + random.integer(6) };
  };
  for (let round = 0; round < 500; round += 1) {
    const ranges = Array.from({ length: random.integer(8) }, drawRange);
    const asked = drawRange();
    const isIn = (clock: number) =>
      ranges.some((range) => range.client === asked.client && range.clock <= clock && clock < range.end);
    const clocks = Array.from({ length: asked.end - asked.clock }, (_, index) => asked.clock + index);
    expect(new ClockRanges(ranges).covers(asked)).toBe(clocks.every(isIn));
  }
});
