import type { Entry } from '../entry.ts';
import type { ListDocument } from '../list-document.ts';
import { onePiece } from '../model/amount.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { stapleMark, writeProduct } from '../model/schema.ts';
import { commit } from './commit.ts';
import { wantWrites } from './stamp.ts';

/**
 * Gives a new list what another one knows: its products with their aisles, notes, places and staples, under the same ids. Those that are
 * chosen are wanted, in the amount in which they are there. What was bought when stays behind.
 */
export function copyProducts(
  from: ListDocument,
  to: ListDocument,
  chosen: ReadonlySet<ItemId>,
  author: Author,
): Change | null {
  const entries = [...from.entries()].filter(({ isHidden, item }) => !isHidden || item !== null);
  const known = entries.flatMap((entry) => knownWrites(entry));
  const wanted = entries
    .filter(({ product }) => chosen.has(product.id))
    .flatMap(({ product, item }) =>
      wantWrites(to, product.id, item?.amount ?? { ...onePiece, unit: product.unit }, author),
    );
  return commit(to, [...known, ...wanted], author);
}

function knownWrites({ product, order }: Entry): KeyWrite[] {
  const { id: key, name, unit, isStaple, category, note } = product;
  return [
    { root: 'p', key, value: writeProduct({ name, unit, isHidden: false }) },
    { root: 'staple', key, value: isStaple ? stapleMark : null },
    { root: 'category', key, value: category === 'other' ? null : category },
    { root: 'note', key, value: note === '' ? null : note },
    { root: 'order', key, value: order },
  ];
}
