import { describe, expect, it } from 'vitest';
import { initialOf } from './initial.ts';

describe('W11 the letter of an avatar', () => {
  it.each([
    ['ana', 'A'],
    ['  sam', 'S'],
    ['éva', 'É'],
    ['👩‍👧 family', '👩‍👧'],
    ['', '?'],
  ])('W11 of “%s” is %s', (name, initial) => {
    expect(initialOf(name)).toBe(initial);
  });
});
