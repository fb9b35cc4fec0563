import { commit } from '../commands/commit.ts';
import type { ListDocument } from '../list-document.ts';
import type { Change, ChangeEntry, KeyWrite } from '../model/change.ts';
import type { Author } from '../model/item.ts';
import { isSameJson } from '../model/json.ts';
import { isItemRoot } from '../model/root-names.ts';
import { readProduct, writeProduct } from '../model/schema.ts';

/**
 * Takes a change back, key by key, and only where its value still stands: what somebody else has written since is theirs. Returns
 * the change that redoes it, or null when nothing was left to take back.
 *
 * A product that the change made known stays known (rule D2): it is hidden, unless somebody wants it by now.
 */
export function undoChange(doc: ListDocument, change: Change, author: Author): Change | null {
  const standing = change.entries.filter(({ root, key, after }) => isSameJson(doc.read(root, key) ?? null, after));
  const newProducts = new Set(standing.filter(isNewProduct).map(({ key }) => key));
  const details = standing.filter(({ root, key }) => !(newProducts.has(key) && isKeptWithProduct(root)));
  const writes = details
    .filter((entry) => hasProduct(doc, entry))
    .map(({ root, key, before }) => ({ root, key, value: before }));
  const unwanted = standing.filter(isNewProduct).filter(({ key }) => !isWantedAfter(doc, key, writes));
  return commit(doc, [...writes, ...unwanted.flatMap(hidden)], author);
}

function isNewProduct({ root, before }: ChangeEntry): boolean {
  return root === 'p' && before === null;
}

/** What belongs to a product for good, once it is known. */
function isKeptWithProduct(root: string): boolean {
  return root === 'p' || root === 'order' || root === 'category';
}

/** In a new epoch the product may have been forgotten; a want without a name would be no use. */
function hasProduct(doc: ListDocument, { root, key }: ChangeEntry): boolean {
  return !isItemRoot(root) || root === 'p' || readProduct(doc.read('p', key)) !== null;
}

function isWantedAfter(doc: ListDocument, key: string, writes: readonly KeyWrite[]): boolean {
  const write = writes.find((one) => one.root === 'w' && one.key === key);
  return (write === undefined ? (doc.read('w', key) ?? null) : write.value) !== null;
}

function hidden({ root, key, after }: ChangeEntry): KeyWrite[] {
  const product = readProduct(after);
  return product === null ? [] : [{ root, key, value: writeProduct({ ...product, isHidden: true }) }];
}
