import { describe, expect, it } from 'vitest';
import { exampleRun } from '../sync/testing/example-results.ts';
import { assumptions, type Assumptions } from './assumptions.ts';
import { costsOf, curve } from './costs.ts';
import { demandOf } from './demand.ts';
import { fleetFor } from './fleet.ts';
import { holds, places, storedBytes, usesOf, type Place } from './places.ts';
import { exampleBench } from './testing/example-bench.ts';

/** A day in which everything is as at any time: nothing but the arithmetic. */
const plain: Assumptions = {
  ...assumptions,
  editsADay: 86_400,
  opensADay: 8_640,
  connectedMinutesADay: 1_440,
  peakFactor: 1,
};
const costs = costsOf(exampleBench());

describe('what families ask for', () => {
  it('is their day, at the peak', () => {
    expect(demandOf(10, plain)).toMatchObject({
      editsPerSecond: 10,
      opensPerSecond: 1,
      connections: 10,
      editsADay: 864_000,
    });
    expect(demandOf(10, { ...plain, peakFactor: 8 })).toMatchObject({
      editsPerSecond: 80,
      opensPerSecond: 8,
      connections: 80,
    });
  });
});

describe('a measured figure at any rate', () => {
  const at = curve(
    [exampleRun({ rate: 100, cpuUs: 300 }), exampleRun({ rate: 10_000, cpuUs: 100 })],
    ({ cpuUs }) => cpuUs,
  );

  it.each([
    [1, 300],
    [100, 300],
    [1_000, 200],
    [10_000, 100],
    [50_000, 100],
  ])('at %d/s is %d', (rate, value) => {
    expect(at(rate)).toBeCloseTo(value);
  });

  it('is the mean where there are several, and per node where there are several nodes', () => {
    const runs = [exampleRun({ rate: 200, cpuUs: 100 }), exampleRun({ rate: 200, cpuUs: 300 })];
    expect(curve(runs, ({ cpuUs }) => cpuUs, 2)(100)).toBe(200);
  });
});

describe('what is measured', () => {
  it('must have been', () => {
    expect(() => costsOf({ ...exampleBench(), systems: [] })).toThrow('has not measured oneProcess');
  });
});

describe('a place', () => {
  const place: Place = { title: '', runs: '', nodes: null, cores: 2, speed: 1, memoryGb: 4, diskGb: 1_000, price: 10 };

  it('is in use by edits, opens and connections', () => {
    const uses = new Map(usesOf(place, 100, costs, plain).map(({ what, share }) => [what, share]));
    // 100 edits a second at 400 µs, 10 opens at 2 ms, 100 connections at 20 µs: 62 ms of a second, of which half may be used.
    expect(uses.get('the process')).toBeCloseTo(0.124);
    // And Postgres: 100 edits at 400 µs, 10 opens at 0.5 ms.
    expect(uses.get('all cores together')).toBeCloseTo((0.062 + 0.045) / 1);
  });

  it('holds as many families as its scarcest part', () => {
    const { families, first, next } = holds(place, costs, plain);
    expect(first.share).toBeLessThanOrEqual(1);
    expect(first.share).toBeGreaterThan(next.share);
    expect(usesOf(place, families + 1, costs, plain)[0]?.share).toBeGreaterThan(1);
  });

  it('holds less where it is slower, and where it is smaller', () => {
    const few = holds(place, costs, assumptions).families;
    expect(holds({ ...place, speed: 0.25 }, costs, assumptions).families).toBeLessThanOrEqual(few);
    expect(holds({ ...place, diskGb: 1 }, costs, assumptions)).toMatchObject({ first: { what: 'disk' } });
  });

  it.each(places)('$title holds at least one family', (one) => {
    expect(holds(one, costs, assumptions).families).toBeGreaterThan(1);
  });
});

describe('a fleet', () => {
  it('has two nodes of a kind at least, and more when their cores are needed', () => {
    expect(fleetFor(1, costs, plain)).toMatchObject({ relays: 2, apis: 2, redisNodes: 1, postgresPrimaries: 1 });
    // 20,000 edits at 100 µs, 2,000 opens at 2 ms, 20,000 connections at 20 µs: 6.4 cores.
    expect(fleetFor(20_000, costs, { ...plain, usableShare: 1 }).apis).toBe(7);
  });

  it('has as many relays as its connections need', () => {
    const calm = { ...plain, editsADay: 1, opensADay: 1 };
    const fleet = fleetFor(100_000, costs, { ...calm, usableShare: 1 });
    expect(fleet.relays).toBe(5);
  });

  it('keeps the log of all days, with its snapshots, and the epochs before', () => {
    const demand = demandOf(1, { ...plain, editsADay: 100 });
    const assumed = { ...plain, historyDays: 10, listYears: 2, snapshotBytes: 50_000, pastEpochBytesAYear: 7_000 };
    // 300 bytes an edit.
    expect(storedBytes(demand, costs, assumed)).toBe(10 * 100 * 300 + 50_000 + 2 * 7_000);
  });

  it('says what needs more of itself first', () => {
    const hoarder = { ...assumptions, historyDays: 40_000 };
    expect(fleetFor(1_000_000, costs, hoarder).breaksFirst).toBe('disk of Postgres');
  });
});
