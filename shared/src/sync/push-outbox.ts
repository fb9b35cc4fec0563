import { mergeUpdates } from '../document/index.ts';
import { limits, type ListId, type PushResult, type WireError } from '../protocol/index.ts';
import { slowRetryMs } from './retry-schedule.ts';
import type { OutboxEntry, Storage } from './storage.ts';
import type { Transport } from './transport.ts';

/** An api under load answers in well under a second; after this long the connection is taken for dead. */
export const answerTimeoutMs = 10_000;

/** How pushing an outbox ended. */
export type PushOutcome =
  | { kind: 'empty' }
  | { kind: 'retry'; afterMs: number | undefined }
  | { kind: 'lost' }
  | { kind: 'refused'; error: WireError };

/** What became of one push. */
type PushVerdict =
  { kind: 'pushed'; result: PushResult } | { kind: 'disputed' } | Exclude<PushOutcome, { kind: 'empty' }>;

interface PushParts {
  list: ListId;
  storage: Storage;
  transport: Transport;
  /** Called for each confirmed push, before the entries leave the outbox. */
  onPushed: (result: PushResult, update: Uint8Array) => void;
}

/**
 * Pushes what waits, oldest first, several edits as one update, until the outbox is empty or the server says no. What the server finds
 * wrong with an edit never makes it leave the outbox: what comes after it builds on it, so it waits for a server that takes it. When it
 * finds something wrong with several at once, they are offered one by one: merged over a hole, good updates make one that no guard passes.
 */
export async function pushOutbox(parts: PushParts): Promise<PushOutcome> {
  const { list, storage, onPushed } = parts;
  let maxEntries: number = limits.maxMergedUpdates;
  for (;;) {
    const batch = takeBatch(await storage.outbox(list, maxEntries));
    const first = batch[0];
    if (first === undefined) return { kind: 'empty' };
    const update = merge(batch);
    const verdict = await pushUpdate(parts, first.epoch, update);
    if (verdict.kind === 'pushed') {
      onPushed(verdict.result, update);
      await storage.confirm(
        list,
        batch.map((entry) => entry.key),
      );
    } else if (verdict.kind !== 'disputed') {
      return verdict;
    } else if (batch.length > 1) {
      maxEntries = 1;
    } else {
      return disputedOutcome;
    }
  }
}

/** What to do about an edit that the server does not take. */
export const disputedOutcome: PushOutcome = { kind: 'retry', afterMs: slowRetryMs };

/** Pushes one update. */
export async function pushUpdate(
  { list, transport }: Pick<PushParts, 'list' | 'transport'>,
  epoch: number,
  update: Uint8Array,
): Promise<PushVerdict> {
  const isBulk = update.byteLength > limits.maxUpdateBytes;
  try {
    const answer = await transport.push({ list, epoch, update, ...(isBulk ? { isBulk } : {}) }, answerTimeoutMs);
    return answer.ok ? { kind: 'pushed', result: answer.value } : judge(answer.error);
  } catch {
    return { kind: 'lost' };
  }
}

function merge(batch: readonly OutboxEntry[]): Uint8Array {
  const [first, ...others] = batch;
  if (first !== undefined && others.length === 0) return first.update;
  return mergeUpdates(batch.map((entry) => entry.update));
}

/** The longest run of entries of one epoch that fits into one update; at least one. */
function takeBatch(entries: readonly OutboxEntry[]): OutboxEntry[] {
  const first = entries[0];
  if (first === undefined) return [];
  const batch = [first];
  let byteLength = first.update.byteLength;
  for (const entry of entries.slice(1)) {
    byteLength += entry.update.byteLength;
    if (entry.epoch !== first.epoch || byteLength > limits.maxUpdateBytes) break;
    batch.push(entry);
  }
  return batch;
}

function judge(error: WireError): PushVerdict {
  switch (error.code) {
    case 'rate-limited':
    case 'busy':
    case 'unavailable':
    case 'internal':
    case 'unauthenticated':
      return { kind: 'retry', afterMs: error.retryAfterMs };
    case 'bad-request':
    case 'too-large':
    case 'update-rejected':
      return { kind: 'disputed' };
    case 'forbidden':
    case 'not-found':
    case 'epoch-ahead':
    case 'already-exists':
    case 'last-owner':
    case 'invite-expired':
    case 'invite-revoked':
    case 'invite-used-up':
      return { kind: 'refused', error };
  }
}
