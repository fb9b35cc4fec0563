import { describe, expect, it } from 'vitest';
import { goesOn, highestRate, whyNot } from './ramp.ts';
import { exampleRun } from './testing/example-results.ts';

describe('a run', () => {
  it.each([
    [{}, null],
    [{ p99Ms: 99.9 }, null],
    [{ p99Ms: 100 }, 'late'],
    [{ missing: 1 }, 'lost'],
    [{ refused: 1, missing: 3 }, 'refused'],
    [{ p99Ms: 300, generatorCores: 0.95 }, 'generator'],
    [{ p99Ms: 300, reachedRate: 900 }, 'generator'],
  ])('with %j counts as %s', (fields, reason) => {
    expect(whyNot(exampleRun({ rate: 1_000, ...fields }))).toBe(reason);
  });
});

describe('the highest rate', () => {
  it('is the last below which the system kept up with all', () => {
    const runs = [200, 1_500, 2_500, 3_750].map((rate) => exampleRun({ rate }));
    expect(highestRate(runs)).toBe(3_750);
    expect(highestRate([...runs, exampleRun({ rate: 2_000, p99Ms: 200 })])).toBe(1_500);
  });

  it('forgives one of two tries', () => {
    expect(highestRate([exampleRun({ rate: 200, p99Ms: 200 }), exampleRun({ rate: 200 })])).toBe(200);
  });

  it('is none where a system kept up with nothing', () => {
    expect(highestRate([exampleRun({ rate: 200, missing: 1 })])).toBeNull();
  });
});

describe('the climb', () => {
  const kept = [exampleRun({ rate: 200 }), exampleRun({ rate: 2_500 })];
  const failed = exampleRun({ rate: 5_000, p99Ms: 900 });

  it('always takes the rates that are told for all', () => {
    expect(goesOn([failed], 2_500)).toBe(true);
  });

  it('goes on while a system keeps up', () => {
    expect(goesOn([...kept, exampleRun({ rate: 5_000 })], 7_500)).toBe(true);
    expect(goesOn([...kept, failed], 7_500)).toBe(false);
  });

  it('goes back between what a system kept up with and what it did not', () => {
    expect(goesOn([...kept, failed], 3_750)).toBe(true);
    expect(goesOn([...kept, exampleRun({ rate: 5_000 })], 3_750)).toBe(false);
  });
});
