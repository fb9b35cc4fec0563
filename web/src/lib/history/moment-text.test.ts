import { describe, expect, it } from 'vitest';
import { byDay, momentText } from './moment-text.ts';

/** Ends of minutes by this phone's clock. */
const ends = [new Date(2027, 5, 2, 0, 1), new Date(2027, 5, 2, 0, 0), new Date(2027, 5, 1, 14, 6)].map((end) => ({
  at: end.getTime(),
  edits: 1,
  by: [],
}));

describe('moments in words', () => {
  it('W50 calls a minute by its begin', () => {
    const [midnight, before, afternoon] = ends.map((moment) => momentText(moment, 'en-GB'));
    expect(midnight).toMatch(/Wednesday.* 2 June.*\b0?0:00/);
    expect(before).toMatch(/Tuesday.* 1 June.* 23:59/);
    expect(afternoon).toMatch(/Tuesday.* 1 June.* 14:05/);
  });

  it('W50 groups minutes by day, in the order in which they are given', () => {
    const days = byDay(ends, 'en-GB');
    expect(days.map(({ name }) => name.replace(',', ''))).toEqual(['Wednesday 2 June 2027', 'Tuesday 1 June 2027']);
    expect(days.map(({ moments }) => moments.map(({ index }) => index))).toEqual([[0], [1, 2]]);
    expect(days[1]?.moments.map(({ time }) => time)).toEqual(['23:59', '14:05']);
  });
});
