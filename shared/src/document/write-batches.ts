import { limits } from '../protocol/index.ts';
import type { KeyWrite } from './model/change.ts';

/** What a write costs beside its value, at most: ids, clocks, root and key, and the deletion of the value before. */
const writeBytes = 64;
/** A deletion is a clock and a length. */
const deleteBytes = 16;
/** Half of what is allowed: the cost is counted in JSON, which only comes close to the encoding. */
const maxBatchBytes = limits.maxUpdateBytes / 2;

/**
 * Cuts an edit into parts that each make an update of less than `limits.maxUpdateBytes`, so that whatever a person does can be
 * pushed. Anything but restoring or renumbering hundreds of items at once is one part.
 */
export function writeBatches(writes: readonly KeyWrite[]): KeyWrite[][] {
  const batches: KeyWrite[][] = [];
  let batch: KeyWrite[] = [];
  let batchBytes = 0;
  for (const write of writes) {
    const bytes = costOf(write);
    if (batch.length > 0 && batchBytes + bytes > maxBatchBytes) {
      batches.push(batch);
      batch = [];
      batchBytes = 0;
    }
    batch.push(write);
    batchBytes += bytes;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

function costOf({ value }: KeyWrite): number {
  return value === null ? deleteBytes : writeBytes + new TextEncoder().encode(JSON.stringify(value)).length;
}
