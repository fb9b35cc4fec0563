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

/** What an edit changed in an epoch that is over. */
export interface LateEdit {
  /**
   * What the epoch had before the edit. It may also be an earlier epoch that the edit's began with, when all between them is lost: what a seed
   * left out is no edit.
   */
  readonly before: KeyValues;
  readonly after: KeyValues;
  /** Earlier states of a list that a restore has lost, the restored one among them: what the list still has of them, nobody has changed since. */
  readonly older?: readonly KeyValues[];
  /** What later epochs that a restore has lost had, the last first. */
  readonly later?: readonly KeyValues[];
}

/**
 * Brings an edit made in a sealed epoch into the next one, whose document is `next`. Every key that the edit changed is written where nobody
 * has changed it since; of two stamps the later one counts; a want whose product was forgotten brings the product along. Returns the updates to
 * append to the next epoch's log; none when there was nothing to carry.
 */
export function carryOver(late: LateEdit, next: ListDocument): readonly Uint8Array[] {
  const writes = itemRootNames.flatMap((root) => carriedWrites(root, late, next));
  const head = sharedMetaKeys.flatMap((key) => carriedWrite('meta', key, late, next) ?? []);
  const wanted = keysSet('w', writes);
  const introduced = keysSet('p', writes);
  const useful = writes.filter(({ key }) => wanted.has(key) || introduced.has(key) || isKnown(next, key));
  const edit = next.write([
    ...useful,
    ...head,
    ...broughtAlong(wanted, useful, late.after, next),
    ...shoppingRootNames.flatMap((root) => carriedShopping(root, late, next)),
  ]);
  return edit?.updates ?? [];
}

/** A trip that is gone was taken back, unless it is older than all that are there: then there was no more room for it. */
function carriedShopping(root: ShoppingRootName, late: LateEdit, next: KeyValues): KeyWrite[] {
  const { before, after } = late;
  const ends = [...after.keys('trip')].map((key) => stampOf(jsonAt(after, 'trip', key)));
  const hadNoRoom = (key: string) =>
    root === 'trip' && ends.length > 0 && !ends.some((end) => end < stampOf(jsonAt(before, root, key)));
  const hasItem = (key: string) => root !== 'at' || !isForgotten(key.slice(0, 8), late);
  return keysOf(root, late)
    .filter((key) => hasItem(key) && !(jsonAt(after, root, key) === null && hadNoRoom(key)))
    .flatMap((key) => carriedWrite(root, key, late, next) ?? []);
}

/** What a product has while it is on the list. */
const detailRoots: ReadonlySet<RootName> = new Set(['p', 'order', 'note', 'category']);

function carriedWrites(root: ItemRootName, late: LateEdit, next: ListDocument): KeyWrite[] {
  const isDetail = detailRoots.has(root);
  const begunAnew = isDetail ? [...next.keys(root)].filter((key) => isBegunAnew(key, late, next)) : [];
  return [...new Set([...keysOf(root, late), ...begunAnew])]
    .filter((key) => (root === 'w' ? !isTakenOff(key, late) : !isForgotten(key, late)))
    .flatMap((key) => {
      if (isDetail && isBegunAnew(key, late, next)) return rewritten(root, key, late.after, next) ?? [];
      return carriedWrite(root, key, late, next) ?? [];
    });
}

function keysOf(root: RootName, { before, after }: LateEdit): string[] {
  return [...new Set([...before.keys(root), ...after.keys(root)])];
}

/** A product is never deleted within an epoch: where it is gone, a seed has left it out, with all that is known of it. */
function isForgotten(key: string, { before, after }: LateEdit): boolean {
  return jsonAt(after, 'p', key) === null && jsonAt(before, 'p', key) !== null;
}

/** Whether the edit brings a product that is on the list. */
function isBrought(key: string, { before, after }: LateEdit): boolean {
  return jsonAt(before, 'p', key) === null && jsonAt(after, 'p', key) !== null && jsonAt(after, 'w', key) !== null;
}

/** A later epoch that knows a product which the edit brings has had the edit: where it is on the list no more, it was taken off since. */
function isTakenOff(key: string, late: LateEdit): boolean {
  const last = late.later?.find((values) => jsonAt(values, 'p', key) !== null);
  return isBrought(key, late) && last !== undefined && jsonAt(last, 'w', key) === null;
}

/** A product that was forgotten where the edit was made, and is known but not wanted in the next epoch: nothing of it that is left there counts. */
function isBegunAnew(key: string, late: LateEdit, next: KeyValues): boolean {
  return isBrought(key, late) && !isTakenOff(key, late) && jsonAt(next, 'w', key) === null;
}

function rewritten(root: RootName, key: string, after: KeyValues, next: KeyValues): KeyWrite | null {
  const value = jsonAt(after, root, key);
  return isSameJson(value, jsonAt(next, root, key)) ? null : { root, key, value };
}

function carriedWrite(root: RootName, key: string, late: LateEdit, next: KeyValues): KeyWrite | null {
  const [was, edited, now] = [jsonAt(late.before, root, key), jsonAt(late.after, root, key), jsonAt(next, root, key)];
  if (isSameJson(was, edited) || isSameJson(now, edited)) return null;
  if (isSeededGot(root, edited) && isUntouched(root, was, edited)) return null;
  if (isUntouched(root, was, now) || isOlder(root, key, late, now)) return { root, key, value: edited };
  if (edited === null) return null;
  if (now === null) return { root, key, value: edited };
  return isStamped(root) && stampOf(edited) > stampOf(now) ? { root, key, value: edited } : null;
}

function isOlder(root: RootName, key: string, { older = [] }: LateEdit, now: Json): boolean {
  return older.some((values) => isUntouched(root, jsonAt(values, root, key), now));
}

/** The rest of a wanted product that the next epoch has forgotten. */
function broughtAlong(
  wanted: ReadonlySet<string>,
  useful: readonly KeyWrite[],
  after: KeyValues,
  next: KeyValues,
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
