import type { CategoryId } from '@trolley/shared/document';
import * as m from '#lib/paraglide/messages.js';

/** What an aisle is called, and the words by which a product is known to stand in it. */
export const categoryText: Readonly<Record<CategoryId, { name: () => string; words: () => string }>> = {
  produce: { name: m.category_produce, words: m.category_words_produce },
  bakery: { name: m.category_bakery, words: m.category_words_bakery },
  dairy: { name: m.category_dairy, words: m.category_words_dairy },
  meat: { name: m.category_meat, words: m.category_words_meat },
  fish: { name: m.category_fish, words: m.category_words_fish },
  frozen: { name: m.category_frozen, words: m.category_words_frozen },
  pantry: { name: m.category_pantry, words: m.category_words_pantry },
  snacks: { name: m.category_snacks, words: m.category_words_snacks },
  drinks: { name: m.category_drinks, words: m.category_words_drinks },
  household: { name: m.category_household, words: m.category_words_household },
  care: { name: m.category_care, words: m.category_words_care },
  baby: { name: m.category_baby, words: m.category_words_baby },
  pets: { name: m.category_pets, words: m.category_words_pets },
  other: { name: m.category_other, words: () => '' },
};
