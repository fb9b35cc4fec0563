/** The aisles of a shop, in the order in which most people walk through them. */
export const categoryIds = [
  'produce',
  'bakery',
  'dairy',
  'meat',
  'fish',
  'frozen',
  'pantry',
  'snacks',
  'drinks',
  'household',
  'care',
  'baby',
  'pets',
  'other',
] as const;
export type CategoryId = (typeof categoryIds)[number];

const known: ReadonlySet<unknown> = new Set(categoryIds);

export function isCategoryId(value: unknown): value is CategoryId {
  return known.has(value);
}
