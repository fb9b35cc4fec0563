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
export function isNews(root: RootName, key: string, { before, after, later, older, next }: ComparedEdit): boolean {
  const write = after.writeOf(root, key);
  if (write === undefined) return true;
  const isHadBy = ({ past }: EpochValues) => hasHad(past, after.epoch, write);
  const hadIt = later.filter(isHadBy);
  if (jsonAt(after, root, key) === null)
    return ![...hadIt, next].some((values) => isHadBy(values) && isOwn(values, root, key));
  if (hadIt.length === 0 && !isHadBy(next)) {
    return !(isSeeded(after, root, key) && older.some((values) => hasBegunWith(after, values)));
  }
  // A deletion that the later epochs have had as well came again first, and has taken it away.
  const isSameEpoch = before.epoch === after.epoch;
  const wasDeleted = isSameEpoch && before.writeOf(root, key) !== undefined && jsonAt(before, root, key) === null;
  return wasDeleted && hadIt.length > 0 && hadIt.every((values) => jsonAt(values, root, key) !== null);
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

/** Whether an epoch has followed another of which all is known that it has begun with. */
function hasBegunWith({ past }: EpochValues, { epoch, clocks }: EpochValues): boolean {
  return past.parent === epoch && covers(clocks, past.begunWith(epoch));
}
