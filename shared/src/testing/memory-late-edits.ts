import { carryOver, keepValues, type EpochValues, type LateEdit } from '../document/index.ts';
import { TrolleyError, type Append, type AppendOutcome, type LogId } from '../protocol/index.ts';
import { epochUpdates, headOf, loadDocument, rollOver, withUpdates, type MemoryList } from './memory-list.ts';

/** What the clock and chance give to whoever writes. */
export interface Making {
  nowMs: number;
  drawClientId: () => number;
}

/** The list after an append, and what is answered. */
export interface Taken {
  list: MemoryList;
  outcome: AppendOutcome;
}

/**
 * Takes an edit of an epoch that is over: merges it into the document of that epoch and writes what it changed into the current one. Throws
 * `update-rejected` when it builds on something that is missing, `epoch-ahead` or `bad-request` for an epoch that never was.
 */
export function takeLateEdit(list: MemoryList, { epoch, update }: Append, making: Making): Taken {
  const sealed = list.sealed.get(epoch);
  if (sealed === undefined) {
    throw new TrolleyError(epoch > list.epoch ? 'epoch-ahead' : 'bad-request', 'The list has no such epoch.');
  }
  return takeIntoPast(list, { epoch, update }, { past: sealed, making });
}

/** `past`: the parts of that epoch's document without the update. */
function takeIntoPast(
  list: MemoryList,
  { epoch, update }: Pick<Append, 'epoch' | 'update'>,
  { past, told, making }: { past: readonly Uint8Array[]; told?: Uint8Array; making: Making },
): Taken {
  const after = withUpdate(past, update);
  const edit = { told, before: valuesOf(epoch, past), after: valuesOf(epoch, after) };
  const next = carried(leaveRestored(list, making), edit, making);
  return answered({ ...next, sealed: new Map(next.sealed).set(epoch, after) });
}

/**
 * Takes all that a phone has confirmed of a log that was lost in a restore, which is told again in the order of its epochs: as the api does it.
 */
export function takeLostDocument(list: MemoryList, append: Append, lostLog: LogId, making: Making): Taken {
  const { epoch, update } = append;
  const restored = restoredFor(list, lostLog, epoch);
  if (restored === null) return takeLateEdit(list, append, making);
  const told = list.lost.get(lostLog) ?? new Map<number, readonly Uint8Array[]>();
  const begunWith = restored.isShared ? restored.updates : [];
  const merged = withUpdate(told.get(epoch) ?? (epoch === restored.epoch ? begunWith : []), update);
  const whole = loadDocument(merged).document;
  if (whole.epoch !== epoch) throw new TrolleyError('update-rejected', 'That is not the whole document of the epoch.');
  // It began with what this log also had, or has branched off before that.
  if (epoch < restored.epoch) {
    return takeIntoPast(list, append, { past: list.sealed.get(epoch) ?? [], told: update, making });
  }
  const lost = new Map(list.lost).set(lostLog, new Map(told).set(epoch, merged));
  if (epoch === list.epoch) return appended({ ...list, lost }, update);
  const lastTold = Math.max(restored.epoch, ...told.keys());
  const base = epoch >= lastTold ? (told.get(lastTold) ?? restored.updates) : null;
  return takeIntoLost({ ...list, lost }, append, base, making);
}

interface Restored {
  /** Whether the lost log is known to have begun with it. */
  isShared: boolean;
  epoch: number;
  updates: readonly Uint8Array[];
}

/** What was restored in the place of a lost log; null when no restore has lost the epoch. */
function restoredFor(list: MemoryList, lostLog: LogId, epoch: number): Restored | null {
  const { restores } = list;
  const restore = restores.find(({ log }) => log === lostLog) ?? restores.find(({ nextEpoch }) => nextEpoch > epoch);
  if (restore === undefined) return null;
  const { seq, log } = restore;
  const isShared = log === lostLog || seq === 0;
  return { isShared, epoch: list.entries[seq - 1]?.epoch ?? 0, updates: epochUpdates(list, seq) };
}

/** `base`: what the edits are compared with if the epoch is not known here; null where a later one is known. */
function takeIntoLost(
  list: MemoryList,
  { epoch, update }: Append,
  base: readonly Uint8Array[] | null,
  making: Making,
): Taken {
  const known = list.sealed.get(epoch);
  const merged = withUpdate(known ?? [], update);
  const after = valuesOf(epoch, merged);
  const unknown = base === null ? null : valuesOf(undefined, base);
  const before = known === undefined ? unknown : valuesOf(epoch, known);
  const next = carried(leaveRestored(list, making), { told: update, before, after }, making);
  return answered({ ...next, sealed: new Map(next.sealed).set(epoch, merged) });
}

/** Ends an epoch that was restored. */
function leaveRestored(list: MemoryList, { nowMs, drawClientId }: Making): MemoryList {
  const isRestored = list.restores.some(({ seq }) => (list.entries[seq - 1]?.epoch ?? 0) === list.epoch);
  return isRestored ? rollOver(list, { nowMs, clientId: drawClientId() }) : list;
}

function appended(list: MemoryList, update: Uint8Array): Taken {
  const next = withUpdates(list, [update]);
  return { list: next, outcome: { ok: true, value: headOf(next) } };
}

function answered(list: MemoryList): Taken {
  return { list, outcome: { ok: true, value: headOf(list), isCarried: true } };
}

/** The parts of a document that has taken one more update. Throws `update-rejected` when it does not fit. */
function withUpdate(parts: readonly Uint8Array[], update: Uint8Array): readonly Uint8Array[] {
  const { document, leftOut } = loadDocument(parts);
  const result = document.apply(update, 'remote');
  if (!result.applied) throw new TrolleyError('update-rejected', result.reason);
  const late = leftOut.filter((part) => !document.apply(part, 'remote').applied);
  return [document.encode(), ...late];
}

function carried(
  list: MemoryList,
  edit: Pick<LateEdit, 'told' | 'before' | 'after'>,
  { drawClientId }: Making,
): MemoryList {
  const { document } = loadDocument(epochUpdates(list), { epoch: list.epoch, clientId: drawClientId() });
  const { after } = edit;
  const around = { older: olderStates(list, after), later: laterStates(list, after.epoch) };
  return withUpdates(list, carryOver({ ...edit, ...around }, document));
}

/** Where a restore has lost some: the epochs that one has followed, as far as they are known. */
function olderStates({ restores, sealed }: MemoryList, { past }: EpochValues): readonly EpochValues[] {
  if (restores.length === 0) return [];
  return past.epochs.flatMap((epoch) => {
    const parts = sealed.get(epoch);
    return parts === undefined ? [] : valuesOf(epoch, parts);
  });
}

/** What was told of later epochs, whatever lost log they are of. */
function laterStates({ lost }: MemoryList, epoch: number): readonly EpochValues[] {
  const later = [...lost.values()].flatMap((told) => [...told]).filter(([other]) => other > epoch);
  return later.map(([other, parts]) => valuesOf(other, parts));
}

/** `epoch`: undefined for what the document says. */
function valuesOf(epoch: number | undefined, parts: readonly Uint8Array[]): EpochValues {
  return keepValues(loadDocument(parts, epoch === undefined ? {} : { epoch }).document);
}
