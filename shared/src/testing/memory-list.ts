import { ListDocument, seedEpoch } from '../document/index.ts';
import type { Head, LogId } from '../protocol/index.ts';

/** One numbered update of a list's log. */
export interface Entry {
  readonly seq: number;
  readonly epoch: number;
  readonly update: Uint8Array;
}

/** A restore: epochs below `nextEpoch` may be lost, `seq` is where the log ended then. */
export interface Restore {
  readonly nextEpoch: number;
  readonly seq: number;
  /** The log that the backup was made of; null for a list that it did not have. */
  readonly log: LogId | null;
}

/** All that a log in memory keeps of a list. Never changed, only replaced: a backup is the object itself. */
export interface MemoryList {
  readonly epoch: number;
  /** The number that the next epoch takes. */
  readonly nextEpoch: number;
  readonly entries: readonly Entry[];
  /** By epoch, the updates that make its document, with what reached it late. */
  readonly sealed: ReadonlyMap<number, readonly Uint8Array[]>;
  /** What phones have brought back of logs that were lost, by log and epoch, as `sealed`. */
  readonly lost: ReadonlyMap<LogId, ReadonlyMap<number, readonly Uint8Array[]>>;
  /** The restores of the store since the list began, oldest first. */
  readonly restores: readonly Restore[];
}

export const emptyList: MemoryList = {
  epoch: 0,
  nextEpoch: 1,
  entries: [],
  sealed: new Map(),
  lost: new Map(),
  restores: [],
};

/** Where its log ends. */
export function headOf({ epoch, entries }: MemoryList): Head {
  return { epoch, seq: entries.length };
}

/** The list with more of the current epoch's log. */
export function withUpdates(list: MemoryList, updates: readonly Uint8Array[]): MemoryList {
  const { epoch, entries } = list;
  const added = updates.map((update, index) => ({ seq: entries.length + 1 + index, epoch, update }));
  return { ...list, entries: [...entries, ...added] };
}

/** The updates of the epoch that the log was in at a number, up to there. */
export function epochUpdates({ entries }: MemoryList, upToSeq = entries.length): Uint8Array[] {
  const there = entries.slice(0, upToSeq);
  const epoch = there.at(-1)?.epoch;
  return there.filter((entry) => entry.epoch === epoch).map(({ update }) => update);
}

/** A document from updates of which some may have overtaken those that they build on. What never fits is left out. */
export function loadDocument(
  updates: readonly Uint8Array[],
  options: { epoch?: number; clientId?: number } = {},
): { document: ListDocument; leftOut: readonly Uint8Array[] } {
  const document = new ListDocument(options);
  let leftOut = updates;
  for (let isProgress = true; isProgress;) {
    const before = leftOut;
    leftOut = before.filter((update) => !document.apply(update, 'storage').applied);
    isProgress = leftOut.length > 0 && leftOut.length < before.length;
  }
  return { document, leftOut };
}

/** Ends the epoch and begins the next one, in which nothing of the history is. */
export function rollOver(list: MemoryList, options: { nowMs: number; clientId: number }): MemoryList {
  const { document, leftOut } = loadDocument(epochUpdates(list), { epoch: list.epoch });
  const seed = seedEpoch(document, list.nextEpoch, options);
  const sealed = new Map(list.sealed).set(list.epoch, [document.encode(), ...leftOut]);
  const begun = { ...list, epoch: list.nextEpoch, nextEpoch: list.nextEpoch + 1, sealed };
  const next = withUpdates(begun, [seed.encode()]);
  document.dispose();
  seed.dispose();
  return next;
}
