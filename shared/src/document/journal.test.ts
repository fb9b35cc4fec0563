import { describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';

const state = new Uint8Array([1]);

describe('D5 what a document can be rebuilt from', () => {
  it.each([
    { title: 'many updates', count: 2_000, byteLength: 10 },
    { title: 'large ones', count: 20, byteLength: 200_000 },
  ])('stays bounded after $title', ({ count, byteLength }) => {
    const journal = new Journal();
    for (let at = 0; at < count; at += 1) journal.record(new Uint8Array(byteLength), () => state);
    const entries = journal.entries();
    expect(entries[0]).toBe(state);
    expect(entries.length).toBeLessThanOrEqual(1_024);
    expect(entries.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(1024 * 1024);
  });
});
