import * as Y from 'yjs';
import { limits, TrolleyError } from '../protocol/index.ts';

/**
 * One update that does what these do together; they must have passed the guard. Merging is quadratic and collects no garbage, hence the limit of
 * `limits.maxMergedUpdates`, above which it throws `too-large`. Updates with a hole between them give one that the guard rejects as
 * `skip`; contiguous stretches of a log never do.
 */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length > limits.maxMergedUpdates) {
    throw new TrolleyError('too-large', `at most ${limits.maxMergedUpdates} updates are merged at once`);
  }
  return Y.mergeUpdates([...updates]);
}
