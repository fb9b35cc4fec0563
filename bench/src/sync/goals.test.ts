import { describe, expect, it } from 'vitest';
import { goalsOf, growth, isMet } from './goals.ts';
import { atRate, cpuRatio, disturbance, rateRatio } from './summary.ts';
import { exampleResults, exampleRun, exampleSystem } from './testing/example-results.ts';
import { exampleWeight } from './testing/example-weight.ts';

const results = exampleResults([
  exampleSystem('hocuspocusPostgres', [exampleRun({ rate: 5_000, cpuUs: 100 })], { highestRate: 5_000 }),
  exampleSystem(
    'oneProcess',
    [
      exampleRun({ rate: 200, p99Ms: 40, othersCores: 1 }),
      exampleRun({ rate: 200, p99Ms: 2, othersCores: 0.1 }),
      exampleRun({ rate: 5_000, cpuUs: 50 }),
      exampleRun({ rate: 5_000, cpuUs: 60 }),
    ],
    { highestRate: 11_250, weight: exampleWeight(['server']) },
  ),
]);
const goal = (title: string, of = results) => {
  const found = goalsOf(of).find((one) => one.title.startsWith(title));
  if (found === undefined) throw new Error(`no goal ${title}`);
  return found;
};

describe('the goals', () => {
  it('compare the means of all runs at a rate', () => {
    expect(goal('One process: CPU')).toMatchObject({ value: 0.55, bound: 0.6 });
    expect(isMet(goal('One process: CPU'))).toBe(true);
  });

  it('compare the highest rates', () => {
    expect(goal('One process: highest rate').value).toBe(2.25);
    expect(isMet(goal('One process: highest rate'))).toBe(true);
  });

  it('take delays from the quietest run', () => {
    expect(goal('One process: p99').value).toBe(2);
  });

  it('take memory in KB of 1,024 bytes', () => {
    expect(goal('Heap of an idle connection').value).toBeCloseTo(11.72);
  });

  it('are not met by what was not measured', () => {
    expect(goal('Relay and api: p99').value).toBeNull();
    expect(isMet(goal('Relay and api: p99'))).toBe(false);
  });

  it('are not met by a heap that has shrunk', () => {
    const weight = { ...exampleWeight(['server']), heapPerList: -12_000 };
    const shrunk = goal('Heap of an open list', exampleResults([exampleSystem('oneProcess', [], { weight })]));
    expect([shrunk.value, isMet(shrunk)]).toEqual([null, false]);
  });

  it('are bounds from above or from below', () => {
    const base = { title: '', unit: '×', bound: 2 } as const;
    expect(isMet({ ...base, value: 2.1, direction: 'at most' })).toBe(false);
    expect(isMet({ ...base, value: 2.1, direction: 'at least' })).toBe(true);
  });
});

describe('more nodes', () => {
  it('are compared with one that has the same load for each, Postgres and Redis included', () => {
    const nodes = exampleResults([
      exampleSystem('oneRelay', [exampleRun({ rate: 1_250, cpuUs: 100, redisCpuUs: 20, postgresCpuUs: 80 })]),
      exampleSystem('fourRelays', [exampleRun({ rate: 5_000, cpuUs: 150, redisCpuUs: 40, postgresCpuUs: 30 })]),
    ]);
    expect(growth(nodes, 4)).toBeCloseTo(1.1);
    expect(growth(nodes, 2)).toBeNull();
  });
});

describe('a summary', () => {
  it('has nothing to say of what was not run', () => {
    expect(atRate(results, 'ws', 200)).toBeNull();
    expect(cpuRatio(results, 'oneProcess', 'ws', 5_000)).toBeNull();
    expect(rateRatio(results, 'oneProcess', 'ws')).toBeNull();
  });

  it('tells how much others disturbed it', () => {
    expect(disturbance(results)).toMatchObject({ maxCores: 1, generatorRuns: 0 });
    expect(disturbance(results).meanCores).toBeCloseTo(0.22);
  });
});
