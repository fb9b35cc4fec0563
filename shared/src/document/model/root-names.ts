/**
 * The root maps of a document. Values are plain JSON and there is nothing else in a document; what they mean stands in `schema.ts` and
 * `shopping/`. These seven are keyed by item id: `p` product, `w` wanted, `g` got, and the rest by name. What two people may change at the same
 * moment has a key of its own.
 */
export const itemRootNames = ['p', 'w', 'g', 'order', 'note', 'category', 'staple'] as const;
export type ItemRootName = (typeof itemRootNames)[number];

/**
 * Where and how people shop: stores by id; `at` item and store, where an item is bought; `aisle` store and category, a place that somebody
 * gave it; `walk` the order of aisles that a store's trips have taught; trips by id.
 */
export const shoppingRootNames = ['store', 'at', 'aisle', 'walk', 'trip'] as const;
export type ShoppingRootName = (typeof shoppingRootNames)[number];

/** Beside those and `meta` there is `past`: what of earlier epochs has been in the document (`epoch/past.ts`). */
export const rootNames = [...itemRootNames, 'meta', ...shoppingRootNames, 'past'] as const;
export type RootName = (typeof rootNames)[number];

/** The keys of `meta` that people write: the title, and how the list is told from others (`list-look.ts`). */
export const sharedMetaKeys = ['title', 'color', 'emoji'] as const;

/** The keys of the roots that are not keyed by id. Beside those of people, `meta` has the version of the schema and the epoch. */
const keyPatterns: Partial<Record<RootName, RegExp>> = {
  meta: RegExp(`^(v|epoch|${sharedMetaKeys.join('|')})$`),
  at: /^[0-9A-Za-z]{16}$/,
  aisle: /^[0-9A-Za-z]{8}[a-z]{1,20}$/,
  past: /^\d+(-\d+)?$/,
};
const idPattern = /^[0-9A-Za-z]{8}$/;

/** Whether a root of a document may have this key: ids have eight characters, so that two need nothing between them. */
export function isKeyOf(root: RootName, key: string): boolean {
  return (keyPatterns[root] ?? idPattern).test(key);
}

const itemRoots: ReadonlySet<string> = new Set(itemRootNames);

export function isItemRoot(root: RootName): root is ItemRootName {
  return itemRoots.has(root);
}

const known: ReadonlySet<string> = new Set(rootNames);

export function isRootName(name: string): name is RootName {
  return known.has(name);
}
