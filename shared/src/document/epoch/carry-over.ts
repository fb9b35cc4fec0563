import type { ListDocument } from '../list-document.ts';
import type { KeyWrite } from '../model/change.ts';
import { isItemId } from '../model/item-id.ts';
import { isSameJson, type Json } from '../model/json.ts';
import {
  itemRootNames,
  sharedMetaKeys,
  shoppingRootNames,
  type ItemRootName,
  type RootName,
  type ShoppingRootName,
} from '../model/root-names.ts';
import { jsonAt } from './json-at.ts';
import type { KeyValues } from './key-values.ts';

/**
 * Brings an edit made in a sealed epoch into the next one. `sealed` is what the old document had when it was sealed, `merged` the same with the
 * late edit applied, `next` the new document. Every key that the edit changed is written where nobody has changed it since; of two
 * stamps the later one counts; a want whose product was forgotten brings the product along. Returns the updates to append to
 * the next epoch's log; none when there was nothing to carry.
 *
 * `merged` may also be a later epoch that began with what `sealed` has, when all between them is lost: what its seed left out is no edit.
 */
export function carryOver(sealed: KeyValues, merged: KeyValues, next: ListDocument): readonly Uint8Array[] {
  const writes = itemRootNames.flatMap((root) => carriedWrites(root, sealed, merged, next));
  const head = sharedMetaKeys.flatMap((key) => carriedWrite('meta', key, sealed, merged, next) ?? []);
  const wanted = keysSet('w', writes);
  const introduced = keysSet('p', writes);
  const useful = writes.filter(({ key }) => wanted.has(key) || introduced.has(key) || isKnown(next, key));
  const edit = next.write([
    ...useful,
    ...head,
    ...broughtAlong(wanted, useful, merged, next),
    ...shoppingRootNames.flatMap((root) => carriedShopping(root, sealed, merged, next)),
  ]);
  return edit?.updates ?? [];
}

/** A trip that is gone was taken back, unless it is older than all that are there: then there was no more room for it. */
function carriedShopping(root: ShoppingRootName, sealed: KeyValues, merged: KeyValues, next: KeyValues): KeyWrite[] {
  const keys = [...new Set([...sealed.keys(root), ...merged.keys(root)])];
  const ends = [...merged.keys('trip')].map((key) => stampOf(jsonAt(merged, 'trip', key)));
  const hadNoRoom = (key: string) =>
    root === 'trip' && ends.length > 0 && !ends.some((end) => end < stampOf(jsonAt(sealed, root, key)));
  const hasItem = (key: string) => root !== 'at' || !isForgotten(key.slice(0, 8), sealed, merged);
  return keys
    .filter((key) => hasItem(key) && !(jsonAt(merged, root, key) === null && hadNoRoom(key)))
    .flatMap((key) => carriedWrite(root, key, sealed, merged, next) ?? []);
}

function carriedWrites(root: ItemRootName, sealed: KeyValues, merged: KeyValues, next: ListDocument): KeyWrite[] {
  const keys = new Set([...sealed.keys(root), ...merged.keys(root)]);
  return [...keys]
    .filter((key) => root === 'w' || !isForgotten(key, sealed, merged))
    .flatMap((key) => carriedWrite(root, key, sealed, merged, next) ?? []);
}

/** A product is never deleted within an epoch: where it is gone, a seed has left it out, with all that is known of it. */
function isForgotten(key: string, sealed: KeyValues, merged: KeyValues): boolean {
  return jsonAt(merged, 'p', key) === null && jsonAt(sealed, 'p', key) !== null;
}

function carriedWrite(
  root: RootName,
  key: string,
  sealed: KeyValues,
  merged: KeyValues,
  next: KeyValues,
): KeyWrite | null {
  const [was, edited, now] = [jsonAt(sealed, root, key), jsonAt(merged, root, key), jsonAt(next, root, key)];
  if (isSameJson(was, edited) || (isSeededGot(root, edited) && isUntouched(root, was, edited))) return null;
  if (isUntouched(root, was, now)) return { root, key, value: edited };
  if (edited === null) return null;
  if (now === null) return { root, key, value: edited };
  return isStamped(root) && stampOf(edited) > stampOf(now) ? { root, key, value: edited } : null;
}

/** The rest of a wanted product that the next epoch has forgotten. */
function broughtAlong(
  wanted: ReadonlySet<string>,
  useful: readonly KeyWrite[],
  merged: KeyValues,
  next: KeyValues,
): KeyWrite[] {
  const isWritten = new Set(useful.map(({ root, key }) => `${root}/${key}`));
  return [...wanted]
    .filter((key) => jsonAt(next, 'p', key) === null)
    .flatMap((key) => itemRootNames.map((root) => ({ root, key, value: jsonAt(merged, root, key) })))
    .filter(
      ({ root, key, value }) => value !== null && !isWritten.has(`${root}/${key}`) && jsonAt(next, root, key) === null,
    );
}

function keysSet(root: ItemRootName, writes: readonly KeyWrite[]): Set<string> {
  return new Set(writes.filter((write) => write.root === root && write.value !== null).map(({ key }) => key));
}

function isKnown(doc: ListDocument, key: string): boolean {
  return isItemId(key) && doc.entry(key) !== undefined;
}

/** A seed leaves out by whom something was got. */
function isSeededGot(root: RootName, value: Json): boolean {
  return root === 'g' && Array.isArray(value) && (value.length === 1 || value[1] === null);
}

/** Of what was got, the stamp alone tells whether it is the same: see `isSeededGot`. */
function isUntouched(root: RootName, was: Json, now: Json): boolean {
  return root === 'g' ? stampOf(was) === stampOf(now) : isSameJson(was, now);
}

function isStamped(root: RootName): boolean {
  return root === 'w' || root === 'g';
}

function stampOf(value: Json): number {
  const stamp: unknown = Array.isArray(value) ? value[0] : null;
  return typeof stamp === 'number' ? stamp : -1;
}
