import { describe, expect, it } from 'vitest';
import { splitMatch } from './split-match.ts';

describe('W9 why something is suggested', () => {
  it.each([
    ['Oat milk', 'MILK', ['Oat ', 'milk', '']],
    ['Buttermilk', 'milk', ['Butter', 'milk', '']],
    ['Milk', ' mi ', ['', 'Mi', 'lk']],
    ['Milk', 'tea', ['Milk', '', '']],
    ['Milk', '', ['Milk', '', '']],
  ])('W9 “%s” for “%s”', (text, typed, parts) => {
    const { before, match, after } = splitMatch(text, typed);
    expect([before, match, after]).toEqual(parts);
  });
});
