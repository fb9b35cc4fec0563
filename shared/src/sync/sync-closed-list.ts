import { TrolleyError, type ListId, type LogId } from '../protocol/index.ts';
import type { Account } from './account.ts';
import { bringBack } from './bring-back.ts';
import { encodeConfirmed } from './encode-confirmed.ts';
import { giveLeftEpoch } from './give-left-epoch.ts';
import { answerTimeoutMs, pushOutbox, type PushOutcome } from './push-outbox.ts';
import { isHeardElsewhere, type Storage, type StoredCopy } from './storage.ts';
import type { Transport } from './transport.ts';

interface ClosedListParts {
  list: ListId;
  transport: Transport;
  storage: Storage;
  account: Account;
  /** The server's log. */
  log: LogId;
}

/**
 * What a list has to do with the server while it is not open: registers one that was begun here, brings back what the server has lost, and
 * pushes what waits. Rejects with a refusal of the api, or when the phone's storage fails.
 */
export async function syncClosedList(parts: ClosedListParts): Promise<PushOutcome> {
  const { list, log, storage } = parts;
  await register(parts);
  const copy = await storage.load(list);
  if (copy === null) return { kind: 'empty' };
  const isLost = copy.meta.log !== null && copy.meta.log !== log;
  const there = isLost ? await bringCopyBack(parts, copy, copy.meta.log) : copy.meta;
  if ('kind' in there) return there;
  const carried: number[] = [];
  const outcome = await pushOutbox({
    ...parts,
    isOneByOne: isLost,
    onPushed: () => undefined,
    onCarried: (keys) => carried.push(...keys),
    isCarried: (key) => carried.includes(key),
    giveBase: (epoch) => giveLeftEpoch(parts, epoch),
    isOutdated: (entry) => isHeardElsewhere(entry, log) && entry.epoch !== there.epoch,
  });
  if (!isLost && carried.length === 0) return outcome;
  if (outcome.kind !== 'empty' && outcome.kind !== 'disputed') return outcome;
  const failedTake = await takeLog(parts, copy, isLost ? 0 : copy.meta.cursor);
  if (failedTake !== null) return failedTake;
  await storage.confirm(list, carried);
  return outcome;
}

async function register({ account, list, log, storage }: ClosedListParts): Promise<void> {
  const lists = await storage.lists();
  if (lists.find((stored) => stored.list === list)?.isRegistered !== false) return;
  await account.register(list);
  await storage.changeList(list, { isRegistered: true, log });
}

/** Resolves with where the server is when it is done. */
async function bringCopyBack(
  parts: ClosedListParts,
  copy: StoredCopy,
  lostLog: LogId,
): Promise<PushOutcome | { epoch: number }> {
  const { list, storage } = parts;
  const { epoch, hasOwned } = copy.meta;
  const confirmed = encodeConfirmed(copy);
  // Opened, it is read again from the beginning.
  if (confirmed === null) throw new TrolleyError('internal', 'the copy has gaps');
  const outcome = await bringBack({ ...parts, lostLog, epoch, hasOwned, confirmed });
  if (outcome.kind === 'refused' && outcome.error.code === 'not-found') await storage.changeList(list, { role: null });
  if (outcome.kind !== 'done') return outcome;
  await storage.changeList(list, { role: outcome.result.role });
  return { epoch: outcome.result.epoch };
}

/** Brings the copy to where the log is now. Null when it is done. */
async function takeLog(parts: ClosedListParts, copy: StoredCopy, cursor: number): Promise<PushOutcome | null> {
  const { list, log, storage, transport } = parts;
  const { epoch } = copy.meta;
  const answer = await transport.pull({ list, epoch, cursor }, answerTimeoutMs).catch(() => null);
  if (answer === null) return { kind: 'lost' };
  if (!answer.ok) return { kind: 'refused', error: answer.error };
  const { updates } = answer.value;
  const place = { log, epoch: answer.value.epoch, cursor: answer.value.head };
  if (place.epoch !== epoch) {
    await storage.replace(list, place, updates);
    return null;
  }
  await storage.putRemote(list, place, updates);
  await storage.enterLog(list, place);
  return null;
}
