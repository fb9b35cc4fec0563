import type { Json } from '../model/json.ts';
import type { RootName } from '../model/root-names.ts';
import { covers } from './clocks.ts';
import { jsonAt } from './json-at.ts';
import type { EpochValues } from './key-values.ts';
import type { ComparedEdit } from './late-edit.ts';
import { hasHad } from './past.ts';

/**
 * Whether no later epoch has had what the edit has written, and the edit's epoch has not begun with it. Where it is deleted, whether no later epoch
 * has had that and written it anew.
 */
export function isNews(root: RootName, key: string, { after, later, older, next }: ComparedEdit): boolean {
  const hadIt = [...later, next].filter((values) => isHad(values, root, key, after));
  if (jsonAt(after, root, key) === null) return !hadIt.some((values) => isOwn(values, root, key));
  if (hadIt.length > 0) return false;
  return !(isSeeded(after, root, key) && older.some((values) => hasBegunWith(after, values)));
}

/**
 * What later epochs have that have had what the edit writes after a deletion: that has come again by itself before, and has taken away what they
 * have. Null where that is not so.
 */
export function deletedTooLate(root: RootName, key: string, { before, after, later, next }: ComparedEdit): Json {
  const isDeleted = before.writeOf(root, key) !== undefined && jsonAt(before, root, key) === null;
  if (!isDeleted || before.epoch !== after.epoch || jsonAt(next, root, key) !== null) return null;
  const values = later.filter((other) => isHad(other, root, key, after)).map((other) => jsonAt(other, root, key));
  return values.includes(null) ? null : (values[0] ?? null);
}

/** Whether an epoch has had what an earlier one has of a key. */
export function isHad({ past }: EpochValues, root: RootName, key: string, { epoch, writeOf }: EpochValues): boolean {
  const write = writeOf(root, key);
  return write !== undefined && hasHad(past, epoch, write);
}

/** Whether a value was written in its epoch, by a phone: it was not brought from another. */
export function isOwn({ past, writeOf }: EpochValues, root: RootName, key: string): boolean {
  const write = writeOf(root, key);
  return write !== undefined && !past.isCarrier(write.client);
}

function isSeeded({ writeOf }: EpochValues, root: RootName, key: string): boolean {
  return writeOf(root, key)?.client === writeOf('meta', 'epoch')?.client;
}

/**
 * Whether an epoch has followed another of which all is known that it has had. Where it has had more, what it began with may have been removed and
 * wanted again there: to write the same again is no write.
 */
function hasBegunWith({ past }: EpochValues, { epoch, clocks }: EpochValues): boolean {
  return past.parent === epoch && covers(clocks, past.had(epoch));
}
