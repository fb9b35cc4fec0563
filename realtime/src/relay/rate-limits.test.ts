import { createListId } from '@trolley/shared/protocol';
import { describe, expect, it } from 'vitest';
import { connectionOf, testList as list } from '../testing/family.ts';
import { RateLimits } from './rate-limits.ts';
import { RateTable } from './rate-table.ts';

/** How often something goes well before it is refused. */
function countUntilRefused(charge: () => number): number {
  let count = 0;
  while (count < 100_000 && charge() === 0) count += 1;
  return count;
}

describe('the rates', () => {
  it('R7 hold for one connection, and for all connections of one person together', () => {
    const rates = new RateLimits();
    const connections = ['one', 'two', 'three'].map((id) => connectionOf('a', id).peer);
    const allowed = connections.map((peer) => countUntilRefused(() => rates.chargeCall(peer, 0)));
    expect(allowed).toEqual([200, 200, 0]);
    const { peer: other } = connectionOf('b');
    expect(rates.chargeCall(other, 0)).toBe(0);
  });

  it('R7 hold for what everybody together sends to one list', () => {
    const rates = new RateLimits();
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => connectionOf(letter).peer);
    const sent = people.map((peer) => countUntilRefused(() => rates.chargeBytes(peer, list, 1024 * 1024, 0)));
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(16);
    const elsewhere = createListId((byteLength) => new Uint8Array(byteLength).fill(9));
    expect(rates.chargeBytes(connectionOf('z').peer, elsewhere, 1024, 0)).toBe(0);
  });

  it('R7 say when the same may be tried again, and keep their word', () => {
    const rates = new RateLimits();
    const { peer } = connectionOf('a');
    countUntilRefused(() => rates.chargeBytes(peer, list, 100_000, 0));
    const waitMs = rates.chargeBytes(peer, list, 100_000, 0);
    expect(waitMs).toBeGreaterThan(0);
    expect(rates.chargeBytes(peer, list, 100_000, waitMs)).toBe(0);
  });

  it('R7 are multiplied for whoever measures', () => {
    const rates = new RateLimits(10);
    const { peer } = connectionOf('a');
    expect(countUntilRefused(() => rates.chargeCall(peer, 0))).toBe(2_000);
  });
});

describe('a table of rates', () => {
  it('R7 remembers only those who have done something of late', () => {
    const table = new RateTable<number>({ perSecond: 1, burst: 10 });
    let largest = 0;
    for (let key = 0; key < 50_000; key += 1) {
      table.take(key, 1, key);
      largest = Math.max(largest, table.size);
    }
    expect(largest).toBeLessThan(4_000);
  });

  it('R7 forgets nobody who has used up their rate', () => {
    const table = new RateTable<number>({ perSecond: 1, burst: 10 });
    for (let call = 0; call < 10; call += 1) table.take(-1, 1, 0);
    for (let key = 0; key < 5_000; key += 1) table.take(key, 1, 0);
    expect(table.take(-1, 1, 0)).toBeGreaterThan(0);
  });
});
