import { categoryIds, type CategoryId } from '@trolley/shared/document';
import * as m from '#lib/paraglide/messages.js';
import { guessCategory } from './guess-category.ts';

/** Words of products by the aisle where they stand. A module of its own, because it is as large as a screen and only adding needs it. */
const words: Readonly<Record<CategoryId, () => string>> = {
  produce: m.category_words_produce,
  bakery: m.category_words_bakery,
  dairy: m.category_words_dairy,
  meat: m.category_words_meat,
  fish: m.category_words_fish,
  frozen: m.category_words_frozen,
  pantry: m.category_words_pantry,
  snacks: m.category_words_snacks,
  drinks: m.category_words_drinks,
  household: m.category_words_household,
  care: m.category_words_care,
  baby: m.category_words_baby,
  pets: m.category_words_pets,
  other: () => '',
};

/** The aisle of a product, by its name in the language of the screen. */
export function categoryOf(name: string): CategoryId {
  return guessCategory(name, categoryIds, (category) => words[category]());
}
