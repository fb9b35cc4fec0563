import type { RootName } from '../model/root-names.ts';
import type { EpochValues } from './key-values.ts';
import { hasHad, nothingPast } from './past.ts';

/** What an edit changed in an epoch that is over. */
export interface LateEdit {
  /**
   * What the epoch had before the edit. Where that is not known, the last epoch that is known and that it has followed: what a seed left out is no
   * edit. Null where a later one is known: nothing is gone then.
   */
  readonly before: EpochValues | null;
  readonly after: EpochValues;
  /** All that somebody has had of the epoch, where that is the edit. */
  readonly told?: Uint8Array | undefined;
  /** Epochs that the edit's has followed, where a restore has lost some: what the list has of them, and it has had, nobody has changed since. */
  readonly older?: readonly EpochValues[];
  /** Later epochs that a restore has lost: what they have had is no news. */
  readonly later?: readonly EpochValues[];
}

/** A late edit beside the epoch that it is brought into, and of what is around it only what it has to do with. */
export interface ComparedEdit {
  readonly before: EpochValues;
  readonly after: EpochValues;
  readonly older: readonly EpochValues[];
  readonly later: readonly EpochValues[];
  readonly next: EpochValues;
}

export function compareEdit({ before, after, older = [], later = [] }: LateEdit, next: EpochValues): ComparedEdit {
  return {
    before: before === null ? nothingOf(after.epoch) : onlyHad(after, before),
    after,
    older,
    later,
    next,
  };
}

/** What an epoch has, as far as another has had it. */
function onlyHad(other: EpochValues, values: EpochValues): EpochValues {
  const { epoch, read, writeOf } = values;
  if (epoch === other.epoch) return values;
  const isHad = (root: RootName, key: string) => {
    const write = writeOf(root, key);
    return write !== undefined && hasHad(other.past, epoch, write);
  };
  return { ...values, read: (root, key) => (isHad(root, key) ? read(root, key) : undefined) };
}

function nothingOf(epoch: number): EpochValues {
  return {
    epoch,
    clocks: new Map(),
    past: nothingPast,
    keys: () => [].values(),
    read: () => undefined,
    writeOf: () => undefined,
  };
}
