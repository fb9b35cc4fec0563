import { expect, it } from 'vitest';
import { costOfWave } from './measure-weight.ts';

it('a megabyte that a server lets go of between two waves does not make lists cheaper, nor one that it takes dearer', () => {
  const mb = 1_000_000;
  expect(costOfWave([50 * mb, 51 * mb, 52 * mb, 52 * mb, 53 * mb, 57 * mb])).toBe(mb);
});

it('what the first wave cost, with all that a server makes once, does not count', () => {
  expect(costOfWave([90, 91, 92])).toBe(1);
});
