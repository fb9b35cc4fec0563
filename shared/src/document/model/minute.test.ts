import { describe, expect, it } from 'vitest';
import { fromMinute, isMinute, maxMinute, toMinute } from './minute.ts';

describe('minutes', () => {
  it('D3 count from 2026 and stay in their range', () => {
    expect(toMinute(Date.UTC(2026, 0, 1, 0, 1, 59, 999))).toBe(1);
    expect(toMinute(Date.UTC(2027, 0, 1))).toBe(365 * 24 * 60);
    expect([Date.UTC(2020, 0, 1), -Infinity, NaN].map(toMinute)).toEqual([0, 0, 0]);
    expect([Infinity, fromMinute(maxMinute) + 1e9].map(toMinute)).toEqual([maxMinute, maxMinute]);
    expect(toMinute(fromMinute(123_456))).toBe(123_456);
  });

  it('D5 are whole numbers in that range and nothing else', () => {
    expect([0, 1, maxMinute].every(isMinute)).toBe(true);
    expect([-1, 0.5, maxMinute + 1, NaN, Infinity, '1', null, undefined].some(isMinute)).toBe(false);
  });
});
