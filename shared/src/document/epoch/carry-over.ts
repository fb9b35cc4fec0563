import type { ClockId } from '../guard/read-update.ts';
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
import { deletedTooLate, isHad, isNews, isOwn } from './is-news.ts';
import { keepValues, type EpochValues } from './key-values.ts';
import { compareEdit, type ComparedEdit, type LateEdit } from './late-edit.ts';
import { hasHadAll, inheritedPast, pastWrites } from './past.ts';

/**
 * Brings an edit made in a sealed epoch into the next one, whose document is `next`. Every key that the edit changed is written where nobody
 * has changed it since; of two stamps the later one counts; a want whose product was forgotten brings the product along. What a later epoch
 * has had already is left as it is (`past.ts`). Returns the updates to append to the next epoch's log, which also say that it has had the edit.
 */
export function carryOver(edit: LateEdit, next: ListDocument): readonly Uint8Array[] {
  const now = keepValues(next);
  const writes = isToldBefore(edit) ? [] : editWrites(compareEdit(edit, now), next);
  const had = [edit.after, ...(edit.told === undefined ? [] : inheritedPast(edit.after.past))];
  return next.write([...writes, ...pastWrites(had, next, now.past)])?.updates ?? [];
}

function isToldBefore({ after: { epoch }, told, later = [] }: LateEdit): boolean {
  return told !== undefined && later.some(({ past }) => hasHadAll(past, epoch, told));
}

function editWrites(late: ComparedEdit, next: ListDocument): KeyWrite[] {
  const writes = itemRootNames.flatMap((root) => carriedWrites(root, late));
  const head = sharedMetaKeys.flatMap((key) => carriedWrite('meta', key, late) ?? []);
  const wanted = keysSet('w', writes);
  const introduced = keysSet('p', writes);
  const useful = writes.filter(({ key }) => wanted.has(key) || introduced.has(key) || isKnown(next, key));
  return [
    ...useful,
    ...head,
    ...broughtAlong(wanted, useful, late),
    ...shoppingRootNames.flatMap((root) => carriedShopping(root, late)),
  ];
}

/** A trip that is gone was taken back, unless it is older than all that are there: then there was no more room for it. */
function carriedShopping(root: ShoppingRootName, late: ComparedEdit): KeyWrite[] {
  const { before, after } = late;
  const ends = [...after.keys('trip')].map((key) => stampOf(jsonAt(after, 'trip', key)));
  const hadNoRoom = (key: string) =>
    root === 'trip' && ends.length > 0 && !ends.some((end) => end < stampOf(jsonAt(before, root, key)));
  const hasItem = (key: string) => root !== 'at' || !isForgotten(key.slice(0, 8), late);
  return keysOf(root, late)
    .filter((key) => hasItem(key) && !(jsonAt(after, root, key) === null && hadNoRoom(key)))
    .flatMap((key) => carriedWrite(root, key, late) ?? []);
}

/** What a product has while it is on the list. */
const detailRoots: ReadonlySet<RootName> = new Set(['p', 'order', 'note', 'category']);

function carriedWrites(root: ItemRootName, late: ComparedEdit): KeyWrite[] {
  const isDetail = detailRoots.has(root);
  const begunAnew = isDetail ? [...late.next.keys(root)].filter((key) => isBegunAnew(key, late)) : [];
  return [...new Set([...keysOf(root, late), ...begunAnew])]
    .filter((key) => root === 'w' || !isForgotten(key, late))
    .flatMap((key) => {
      if (isDetail && isBegunAnew(key, late)) return rewritten(root, key, late) ?? [];
      return carriedWrite(root, key, late) ?? [];
    });
}

function keysOf(root: RootName, { before, after, older }: ComparedEdit): string[] {
  return [...new Set([before, after, ...older].flatMap((values) => [...values.keys(root)]))];
}

/** A product is never deleted within an epoch: where it is gone, a seed has left it out, with all that is known of it. */
function isForgotten(key: string, { before, after, older }: ComparedEdit): boolean {
  return jsonAt(after, 'p', key) === null && [before, ...older].some((values) => jsonAt(values, 'p', key) !== null);
}

/** Whether the edit brings a product. */
function isBrought(key: string, { before, after }: ComparedEdit): boolean {
  return jsonAt(before, 'p', key) === null && jsonAt(after, 'p', key) !== null;
}

/** Whether a later epoch has forgotten a product that the edit's has. */
function isForgottenLater(key: string, { after, later }: ComparedEdit): boolean {
  return later.some((values) => jsonAt(values, 'p', key) === null && isHad(values, 'p', key, after));
}

/** A product that was forgotten, and that the edit puts on the list: nothing of it that is left in the next epoch counts. */
function isBegunAnew(key: string, late: ComparedEdit): boolean {
  if (jsonAt(late.next, 'w', key) !== null || (!isBrought(key, late) && !isForgottenLater(key, late))) return false;
  return carriedWrite('w', key, late) !== null;
}

function rewritten(root: RootName, key: string, { after, next }: ComparedEdit): KeyWrite | null {
  const value = jsonAt(after, root, key);
  return isSameJson(value, jsonAt(next, root, key)) ? null : { root, key, value };
}

function carriedWrite(root: RootName, key: string, late: ComparedEdit): KeyWrite | null {
  const { before, after, next } = late;
  const [was, edited, now] = [jsonAt(before, root, key), jsonAt(after, root, key), jsonAt(next, root, key)];
  const again = deletedTooLate(root, key, late);
  if (edited !== null && again !== null) return { root, key, value: again };
  const isEdited = !isSameJson(was, edited) || isGone(root, key, late);
  if (!isEdited || isSameJson(now, edited) || !isNews(root, key, late)) return null;
  if (isSeededGot(root, edited) && isUntouched(root, was, edited)) return null;
  if (isPassedOn(root, key, late)) return { root, key, value: edited };
  if (edited === null) return null;
  if (now === null) return { root, key, value: edited };
  return isStamped(root) && stampOf(edited) > stampOf(now) ? { root, key, value: edited } : null;
}

/** Whether the edit's epoch has had what the list has of an older one, and has it no more: it came and went where nothing is known. */
function isGone(root: RootName, key: string, late: ComparedEdit): boolean {
  const { before, after } = late;
  const isKnown = before.epoch === after.epoch && isSameWrite(before.writeOf(root, key), after.writeOf(root, key));
  return !isKnown && jsonAt(after, root, key) === null && isOlder(root, key, late);
}

function isSameWrite(a: ClockId | undefined, b: ClockId | undefined): boolean {
  return a?.client === b?.client && a?.clock === b?.clock;
}

/** Whether nobody has written what the list has since the edit's epoch had it, or since it came from another that only passed it on. */
function isPassedOn(root: RootName, key: string, late: ComparedEdit): boolean {
  const { before, after, older, later, next } = late;
  const now = jsonAt(next, root, key);
  if (isOwn(next, root, key)) return false;
  if (older.some((values) => isSame(root, key, values, now) && !isHad(after, root, key, values))) return false;
  if (isUntouched(root, jsonAt(before, root, key), now) || isOlder(root, key, late)) return true;
  // What was removed may also be what they have had beyond the edit.
  if (jsonAt(after, root, key) === null) return false;
  return later.some((values) => isSame(root, key, values, now) && !isOwn(values, root, key));
}

function isOlder(root: RootName, key: string, { after, older, next }: ComparedEdit): boolean {
  const now = jsonAt(next, root, key);
  return older.some((values) => isSame(root, key, values, now) && isHad(after, root, key, values));
}

function isSame(root: RootName, key: string, values: EpochValues, now: Json): boolean {
  return now !== null && isUntouched(root, jsonAt(values, root, key), now);
}

/** The rest of a wanted product that the next epoch has forgotten. */
function broughtAlong(
  wanted: ReadonlySet<string>,
  useful: readonly KeyWrite[],
  { after, next }: ComparedEdit,
): KeyWrite[] {
  const isWritten = new Set(useful.map(({ root, key }) => `${root}/${key}`));
  return [...wanted]
    .filter((key) => jsonAt(next, 'p', key) === null)
    .flatMap((key) => itemRootNames.map((root) => ({ root, key, value: jsonAt(after, root, key) })))
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
