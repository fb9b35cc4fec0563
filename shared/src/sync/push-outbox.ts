import { mergeUpdates } from '../document/index.ts';
import { limits, type Answer, type ListId, type PushResult, type WireError } from '../protocol/index.ts';
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

interface PushParts {
  list: ListId;
  storage: Storage;
  transport: Transport;
  /** Called for each confirmed push, before the entries leave the outbox. */
  onPushed: (result: PushResult) => void;
}

/**
 * Pushes what waits, oldest first, several edits as one update, until the outbox is empty or the server says no. An entry that the server
 * will never take is set apart, so that it does not keep the others back.
 */
export async function pushOutbox(parts: PushParts): Promise<PushOutcome> {
  const { list, storage, transport, onPushed } = parts;
  let mayMerge = true;
  for (;;) {
    const batch = takeBatch(await storage.outbox(list, mayMerge ? limits.maxMergedUpdates : 1));
    const first = batch[0];
    if (first === undefined) return { kind: 'empty' };
    const update = batch.length === 1 ? first.update : mergeUpdates(batch.map((entry) => entry.update));
    const keys = batch.map((entry) => entry.key);
    let answer: Answer<PushResult>;
    try {
      answer = await transport.push({ list, epoch: first.epoch, update }, answerTimeoutMs);
    } catch {
      return { kind: 'lost' };
    }
    if (answer.ok) {
      onPushed(answer.value);
      await storage.confirm(list, keys);
      mayMerge = true;
      continue;
    }
    switch (verdict(answer.error)) {
      case 'retry':
        return { kind: 'retry', afterMs: answer.error.retryAfterMs };
      case 'refused':
        return { kind: 'refused', error: answer.error };
      case 'poisoned':
        if (batch.length === 1) await storage.quarantine(list, keys, answer.error.code);
        mayMerge = false;
    }
  }
}

/** The longest run of entries of one epoch that fits into one update. */
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

function verdict(error: WireError): 'retry' | 'refused' | 'poisoned' {
  switch (error.code) {
    case 'rate-limited':
    case 'busy':
    case 'unavailable':
    case 'internal':
    case 'unauthenticated':
      return 'retry';
    case 'forbidden':
    case 'not-found':
    case 'epoch-ahead':
    case 'already-exists':
    case 'last-owner':
    case 'invite-expired':
    case 'invite-revoked':
    case 'invite-used-up':
      return 'refused';
    case 'bad-request':
    case 'too-large':
    case 'update-rejected':
      return 'poisoned';
  }
}
