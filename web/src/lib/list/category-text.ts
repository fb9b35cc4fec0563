import type { CategoryId } from '@trolley/shared/document';
import * as m from '#lib/paraglide/messages.js';

/** What the aisles are called. */
export const categoryText: Readonly<Record<CategoryId, () => string>> = {
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
