/**
 * The root maps of a document, each keyed by item id except `meta`. Values are plain JSON and there is nothing else in a document:
 * `p` product, `w` wanted, `g` got, and the rest by name. The meaning of each value stands in `schema.ts`.
 */
export const rootNames = ['p', 'w', 'g', 'order', 'note', 'category', 'meta'] as const;
export type RootName = (typeof rootNames)[number];

/** Keys of `meta`: schema version, epoch, title, and how the list is told from others (`list-look.ts`). */
export const metaKeys = ['v', 'epoch', 'title', 'color', 'emoji'] as const;

/** The keys of `meta` that people write. */
export const sharedMetaKeys = ['title', 'color', 'emoji'] as const satisfies readonly (typeof metaKeys)[number][];

export const itemRootNames = ['p', 'w', 'g', 'order', 'note', 'category'] as const satisfies readonly RootName[];
export type ItemRootName = (typeof itemRootNames)[number];
