import { carryOver, type ListDocument } from '../document/index.ts';
import { TrolleyError, type Append, type AppendOutcome } from '../protocol/index.ts';
import { epochUpdates, headOf, loadDocument, withUpdates, type MemoryList } from './memory-list.ts';

/** What chance gives to whoever writes. */
export interface Making {
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
  const after = withUpdate(sealed, update);
  const next = carried(list, loadDocument(sealed).document, loadDocument(after).document, making);
  return answered({ ...next, sealed: new Map(list.sealed).set(epoch, after) });
}

/**
 * Takes all that a phone has confirmed of a log that was lost in a restore. Of an epoch that is known here it is an update like any other. Of one
 * that came and went in the time that is lost it is all that is left: what it differs in from what was restored is what happened since.
 */
export function takeLostDocument(list: MemoryList, append: Append, making: Making): Taken {
  const { epoch, update } = append;
  const restore = list.restores.find(({ nextEpoch }) => nextEpoch > epoch);
  if (restore === undefined || list.sealed.has(epoch)) return takeLateEdit(list, append, making);
  const { document } = loadDocument(withUpdate([], update));
  // Compared with a part of a document, everything else would look as if it had been removed.
  if (document.epoch !== epoch)
    throw new TrolleyError('update-rejected', 'That is not the whole document of the epoch.');
  const restored = loadDocument(epochUpdates(list, restore.seq)).document;
  const next = carried(list, restored, document, making);
  return answered({ ...next, sealed: new Map(list.sealed).set(epoch, [document.encode()]) });
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

function carried(list: MemoryList, from: ListDocument, to: ListDocument, { drawClientId }: Making): MemoryList {
  const options = { epoch: list.epoch, clientId: drawClientId() };
  const { document } = loadDocument(epochUpdates(list), options);
  return withUpdates(list, carryOver(from, to, document));
}
