import { ListDocument } from '../document/index.ts';
import {
  mayEdit,
  toWireError,
  type Answer,
  type ListId,
  type LogId,
  type PullResult,
  type PushResult,
  type WireError,
} from '../protocol/index.ts';
import type { Account } from './account.ts';
import { applyUpdates } from './apply-updates.ts';
import { bringsNews } from './brings-news.ts';
import { answerTimeoutMs } from './push-outbox.ts';
import type { Transport } from './transport.ts';

interface BringBackParts {
  list: ListId;
  transport: Transport;
  account: Account;
  /** The log that the copy is one of. */
  lostLog: LogId;
  epoch: number;
  /** Joins the room at the same time. */
  clientId?: number;
  /** Whether a list that the server does not have may be registered from here. */
  hasOwned: boolean;
  /** All that this phone has confirmed of that log, in that epoch. */
  confirmed: Uint8Array;
}

/** What the server has, and what it was given; null when it had all of it, or when this person may give nothing. */
export type BroughtBack =
  | { kind: 'done'; result: PullResult; given: { result: PushResult; update: Uint8Array } | null }
  | { kind: 'lost' }
  | { kind: 'refused'; error: WireError };

/**
 * The store was restored from a backup, and its log is another than the one that this phone knows: reads all that the server has, and gives it what
 * it has lost. A list that the backup does not have is registered again by its owner's phone. Safe to repeat, and to be cut short anywhere.
 */
export async function bringBack(parts: BringBackParts): Promise<BroughtBack> {
  const { list, transport, lostLog, epoch, confirmed: update } = parts;
  const there = await readAll(parts);
  if (there === null) return { kind: 'lost' };
  if (!there.ok) return { kind: 'refused', error: there.error };
  const result = there.value;
  if (!mayEdit(result.role)) return { kind: 'done', result, given: null };
  if (result.epoch === epoch && hasAll(result, update)) return { kind: 'done', result, given: null };
  const answer = await transport
    .push({ list, epoch, update, isBulk: true, lostLog }, answerTimeoutMs)
    .catch(() => null);
  if (answer === null) return { kind: 'lost' };
  if (!answer.ok) return { kind: 'refused', error: answer.error };
  return { kind: 'done', result, given: { result: answer.value, update } };
}

async function readAll(parts: BringBackParts): Promise<Answer<PullResult> | null> {
  const { list, epoch, clientId, hasOwned, transport, account } = parts;
  const request = { list, epoch, cursor: 0, ...(clientId === undefined ? {} : { clientId }) };
  const answer = await transport.pull(request, answerTimeoutMs).catch(() => null);
  if (answer === null || answer.ok || answer.error.code !== 'not-found' || !hasOwned) return answer;
  try {
    await account.register(list);
  } catch (error) {
    const wireError = toWireError(error);
    // Somebody else has it by now: it is for them to let this person in.
    return wireError.code === 'already-exists' ? answer : { ok: false, error: wireError };
  }
  return transport.pull(request, answerTimeoutMs).catch(() => null);
}

function hasAll({ epoch, updates }: PullResult, update: Uint8Array): boolean {
  const there = new ListDocument({ epoch });
  applyUpdates(there, updates, 'remote');
  const isKnown = !bringsNews(there, update);
  there.dispose();
  return isKnown;
}
