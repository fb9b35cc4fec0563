import { mergeUpdates } from '../document/index.ts';
import { limits, type ListId, type PushResult, type WireError } from '../protocol/index.ts';
import type { OutboxEntry, Storage } from './storage.ts';
import type { Transport } from './transport.ts';

/** An api under load answers in well under a second; after this long the connection is taken for dead. */
export const answerTimeoutMs = 10_000;

/** How pushing an outbox ended. `disputed`: the server does not take an edit, and what builds on it waits behind it. */
export type PushOutcome =
  | { kind: 'empty' }
  | { kind: 'disputed' }
  | { kind: 'retry'; afterMs: number | undefined }
  | { kind: 'lost' }
  | { kind: 'refused'; error: WireError };

/** What became of one push. */
type PushVerdict = { kind: 'pushed'; result: PushResult } | Exclude<PushOutcome, { kind: 'empty' }>;

type BatchOutcome = { kind: 'confirmed' } | { kind: 'carried' } | Exclude<PushOutcome, { kind: 'empty' }>;

interface PushParts {
  list: ListId;
  storage: Storage;
  transport: Transport;
  /** Each edit is to be sent by itself: the server has lost what it would need to tell the last of several from the first. */
  isOneByOne: boolean;
  /** Called for each confirmed push, before the entries leave the outbox. */
  onPushed: (result: PushResult, update: Uint8Array) => void;
  /**
   * The server has carried these over into its epoch, and this phone does not have there what they came to. They leave the outbox when it
   * does, and not before: until then they are nowhere else on this phone.
   */
  onCarried: (keys: readonly number[]) => void;
  /** Whether that has happened to an entry. */
  isCarried: (key: number) => boolean;
  /**
   * Whether somebody else's edit was to be in a log that is lost, in an epoch that the server is not in. Whoever made it knows what has become of
   * it there, and gives that back: told from here, it would look like news.
   */
  isOutdated: (entry: OutboxEntry) => boolean;
  /** Gives the server what edits of this epoch build on, where it may be missing. Whether that has changed anything; may reject. */
  giveBase: (epoch: number) => Promise<boolean>;
}

/**
 * Pushes what waits, oldest first, several edits as one update, until all is sent or the server says no. What the server finds wrong with an
 * edit never makes it leave the outbox: what comes after it builds on it, so it waits for a server that takes it; edits of other epochs do
 * not wait with it. When the server finds something wrong with several at once, they are offered one by one: merged over a hole, good
 * updates make one that no guard passes. What is outdated leaves the outbox, and is offered only where something of it may be built on.
 */
export async function pushOutbox(parts: PushParts): Promise<PushOutcome> {
  const outdated: number[] = [];
  const outcome = await pushAll(parts, (entry) => {
    const isOutdated = parts.isOutdated(entry);
    if (isOutdated) outdated.push(entry.key);
    return !isOutdated;
  });
  if (outdated.length === 0) return outcome;
  if (outcome.kind === 'disputed') return pushAll(parts, () => true);
  if (outcome.kind === 'empty') await leaveOut(parts, outdated);
  return outcome;
}

/** What was carried over may build on them, and a server that is restored from a backup needs both again: so they leave the outbox together. */
async function leaveOut(
  { isCarried, list, onCarried, storage }: PushParts,
  outdated: readonly number[],
): Promise<void> {
  const entries = await storage.outbox(list, Number.MAX_SAFE_INTEGER);
  if (entries.some(({ key }) => isCarried(key))) onCarried(outdated);
  else await storage.forget(list, outdated);
}

async function pushAll(parts: PushParts, isOffered: (entry: OutboxEntry) => boolean): Promise<PushOutcome> {
  const { list, storage } = parts;
  const disputedEpochs = new Set<number>();
  const basedEpochs = new Set<number>();
  let maxEntries: number = parts.isOneByOne ? 1 : limits.maxMergedUpdates;
  let afterKey = 0;
  for (;;) {
    const entries = await storage.outbox(list, maxEntries, afterKey);
    const last = entries.at(-1);
    if (last === undefined) return disputedEpochs.size === 0 ? { kind: 'empty' } : { kind: 'disputed' };
    const batch = takeBatch(
      entries.filter((entry) => !disputedEpochs.has(entry.epoch) && !parts.isCarried(entry.key) && isOffered(entry)),
    );
    const [first] = batch;
    if (first === undefined) {
      afterKey = last.key;
      continue;
    }
    const outcome = await pushBatch(parts, first.epoch, batch);
    if (outcome.kind === 'carried') afterKey = batch.at(-1)?.key ?? afterKey;
    else if (outcome.kind === 'disputed' && batch.length > 1) maxEntries = 1;
    else if (outcome.kind === 'disputed') {
      const { epoch } = first;
      if (basedEpochs.has(epoch) || !(await parts.giveBase(epoch).catch(() => false))) disputedEpochs.add(epoch);
      basedEpochs.add(epoch);
    } else if (outcome.kind !== 'confirmed') return outcome;
  }
}

async function pushBatch(parts: PushParts, epoch: number, batch: readonly OutboxEntry[]): Promise<BatchOutcome> {
  const update = merge(batch);
  const keys = batch.map((entry) => entry.key);
  const verdict = await pushUpdate(parts, epoch, update);
  if (verdict.kind !== 'pushed') return verdict;
  if (verdict.result.epoch !== epoch) {
    parts.onCarried(keys);
    return { kind: 'carried' };
  }
  parts.onPushed(verdict.result, update);
  await parts.storage.confirm(parts.list, keys);
  return { kind: 'confirmed' };
}

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
