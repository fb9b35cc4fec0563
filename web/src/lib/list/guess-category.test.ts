import { describe, expect, it } from 'vitest';
import { categoryIds, type CategoryId } from '@trolley/shared/document';
import { guessCategory } from './guess-category.ts';

const words: Partial<Record<CategoryId, string>> = {
  produce: 'potato, tomato, berry, crème fraîche leaf, peach',
  dairy: 'milk, cheese, egg',
  pantry: 'coconut milk, canned tomato',
  household: 'dish soap, battery',
};
const guess = (name: string) => guessCategory(name, categoryIds, (category) => words[category] ?? '');

describe('W9 the aisle of a new item is guessed from its words', () => {
  it.each([
    ['Potatoes', 'produce'],
    ['waxy potatoes', 'produce'],
    ['berries', 'produce'],
    ['Peaches', 'produce'],
    ['Eggs', 'dairy'],
    ['CHEESE', 'dairy'],
    ['Dish soap', 'household'],
    ['batteries AA', 'household'],
  ] as const)('W9 %s belongs to %s', (name, category) => {
    expect(guess(name)).toBe(category);
  });

  it('W9 the longest match wins', () => {
    expect(guess('Coconut milk')).toBe('pantry');
    expect(guess('canned tomatoes')).toBe('pantry');
    expect(guess('milk')).toBe('dairy');
  });

  it('W9 a part of a word is no match, and the unknown is other', () => {
    expect(guess('milkshake')).toBe('other');
    expect(guess('eggplant')).toBe('other');
    expect(guess('???')).toBe('other');
  });
});
