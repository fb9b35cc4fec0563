import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryIds, type CategoryId } from '../model/category.ts';
import { learnWalk } from './learn-walk.ts';

const usual: readonly CategoryId[] = ['produce', 'bakery', 'dairy', 'frozen', 'drinks'];

describe('the way through a store, learnt from ticks', () => {
  it('D17 the first trip tells the order of what was bought, and moves nothing else', () => {
    expect(learnWalk(usual, false, ['drinks', 'dairy', 'produce'])).toEqual([
      'drinks',
      'bakery',
      'dairy',
      'frozen',
      'produce',
    ]);
  });

  it('D17 an aisle stands where its ticks were on average: one thing fetched later changes little', () => {
    const ticked: CategoryId[] = ['dairy', 'dairy', 'dairy', 'bakery', 'bakery', 'produce', 'produce', 'dairy'];
    expect(learnWalk(usual, false, ticked).slice(0, 3)).toEqual(['dairy', 'bakery', 'produce']);
  });

  it('D17 what earlier trips have taught counts as much as the last one, and a new way is learnt in a few', () => {
    const ticked: CategoryId[] = ['drinks', 'produce', 'bakery', 'dairy', 'frozen'];
    const once = learnWalk(usual, true, ticked);
    expect(once).toEqual(['produce', 'bakery', 'drinks', 'dairy', 'frozen']);
    const walked = [1, 2, 3].reduce((walk) => learnWalk(walk, true, ticked), once);
    expect(walked).toEqual(ticked);
  });

  it('D17 always has every aisle once, and going the same way again changes nothing', () => {
    const trip = fc.array(fc.constantFrom(...categoryIds), { maxLength: 40 });
    fc.assert(
      fc.property(fc.shuffledSubarray([...categoryIds], { minLength: categoryIds.length }), trip, (before, ticked) => {
        const walk = learnWalk(before, true, ticked);
        expect(walk.toSorted()).toEqual([...categoryIds].sort());
        const [first, ...later] = learnWalk(before, false, ticked).filter((category) => ticked.includes(category));
        const inOrder = first === undefined ? [] : [first, ...later];
        expect(learnWalk(before, false, inOrder).filter((category) => ticked.includes(category))).toEqual(inOrder);
      }),
    );
  });
});
