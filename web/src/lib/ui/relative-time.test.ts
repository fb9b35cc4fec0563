import { describe, expect, it } from 'vitest';
import { relativeTime } from './relative-time.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);
const minuteMs = 60_000;

describe('W11 how long ago', () => {
  it.each([
    [0, null],
    [-5, null],
    [5, '5 min. ago'],
    [61, '1 hr. ago'],
    [24 * 60, 'yesterday'],
    [3 * 24 * 60, '3 days ago'],
  ])('W11 %d minutes is %s', (minutes, text) => {
    expect(relativeTime(nowMs - minutes * minuteMs, nowMs, 'en')).toBe(text);
  });
});
