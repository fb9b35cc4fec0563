import { toWireError, type Append, type AppendOutcome } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Database } from '../store/database.ts';
import { describeStoreError } from '../store/store-errors.ts';
import type { AppendedBatch } from './append.ts';
import { carryLateEdit } from './carry-late-edit.ts';

/**
 * The outcomes of a batch once its late edits are carried over, one after another in the order of the batch. One that fails is answered for
 * itself: the others of the batch are committed already.
 */
export async function carryLateEdits(
  database: Database,
  appends: readonly Append[],
  { outcomes, late }: AppendedBatch,
  { now, logger }: { now: Date; logger: Logger },
): Promise<AppendOutcome[]> {
  const settled = [...outcomes];
  for (const position of late) {
    const append = appends[position];
    if (append !== undefined) settled[position] = await attempt(database, append, { now, logger });
  }
  return settled;
}

async function attempt(
  database: Database,
  append: Append,
  { now, logger }: { now: Date; logger: Logger },
): Promise<AppendOutcome> {
  try {
    return await carryLateEdit(database, append, now);
  } catch (error) {
    logger.error({ err: error, list: append.list, epoch: append.epoch }, 'a late edit could not be carried over');
    return { ok: false, error: toWireError(describeStoreError(error)) };
  }
}
