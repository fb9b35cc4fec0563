import type { CategoryId } from '@trolley/shared/document';
import * as m from '#lib/paraglide/messages.js';

/** What an aisle is called. The build makes one look-up of it (`build-plugins/look-up-messages.ts`). */
export function categoryWord(category: CategoryId): string {
  return words[category]();
}

const words: Readonly<Record<CategoryId, () => string>> = {
  produce: m.category_produce,
  bakery: m.category_bakery,
  dairy: m.category_dairy,
  meat: m.category_meat,
  fish: m.category_fish,
  frozen: m.category_frozen,
  pantry: m.category_pantry,
  snacks: m.category_snacks,
  drinks: m.category_drinks,
  household: m.category_household,
  care: m.category_care,
  baby: m.category_baby,
  pets: m.category_pets,
  other: m.category_other,
};
