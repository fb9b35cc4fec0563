import * as Y from 'yjs';
import { limits } from '../../protocol/index.ts';
import { outlineUpdate } from '../guard/inspect-update.ts';
import type { UpdateOutline } from '../guard/read-update.ts';
import { mergeUpdates } from '../merge-updates.ts';
import { ClockRanges } from './clock-ranges.ts';
import { readStateVector } from './state-vector.ts';

/** The key that nobody but the seed of an epoch writes. */
const seedSlot = 'meta/epoch';

/** A document as a pull answers it, in bytes: what it has, and what somebody else's lacks. No Yjs document is made of it. */
export class PulledDocument {
  readonly #updates: readonly Uint8Array[];
  readonly #merged: Uint8Array;
  readonly #epoch: number;

  /** The updates must make the whole document of the epoch, and have passed the guard. */
  constructor(updates: readonly Uint8Array[], epoch: number) {
    this.#updates = updates;
    this.#merged = mergeAll(updates);
    this.#epoch = epoch;
  }

  /** What it has. */
  encodeStateVector(): Uint8Array {
    return Y.encodeStateVectorFromUpdate(this.#merged);
  }

  /** What the document with this state vector, which `canBe` has accepted, does not have. */
  encodeMissing(stateVector: Uint8Array): Uint8Array {
    return Y.diffUpdate(this.#merged, stateVector);
  }

  /**
   * Whether a document with this state vector can be this one at another time. An epoch begins with a seed, and what has something, but not
   * that, is of another epoch. Null when it is no state vector.
   */
  canBe(stateVector: Uint8Array): boolean | null {
    const clocks = readStateVector(stateVector);
    if (clocks === null) return null;
    if (this.#epoch === 0 || clocks.size === 0) return true;
    const blocks = this.#outlines().flatMap((outline) => outline.blocks);
    const seeds = blocks.filter(({ structs }) => structs.some(({ slot }) => slot === seedSlot));
    return seeds.length === 0 || seeds.some(({ client }) => clocks.has(client));
  }

  /** Whether an update writes or deletes anything that this document does not know of. What is no update is news. */
  isNews(update: Uint8Array): boolean {
    const result = outlineUpdate(update, limits.maxSnapshotBytes);
    if (!result.ok) return true;
    const outlines = this.#outlines();
    const written = new ClockRanges(outlines.flatMap(({ blocks }) => blocks));
    const deleted = new ClockRanges(outlines.flatMap(({ deletes }) => deletes));
    const { blocks, deletes } = result.outline;
    return !blocks.every((block) => written.covers(block)) || !deletes.every((range) => deleted.covers(range));
  }

  #outlines(): UpdateOutline[] {
    return this.#updates.flatMap((update) => {
      const result = outlineUpdate(update, limits.maxSnapshotBytes);
      return result.ok ? [result.outline] : [];
    });
  }
}

/** An update that says nothing. */
const nothing = Uint8Array.of(0, 0);

function mergeAll([first = nothing, ...others]: readonly Uint8Array[]): Uint8Array {
  const size = limits.maxMergedUpdates - 1;
  let merged = first;
  for (let start = 0; start < others.length; start += size) {
    merged = mergeUpdates([merged, ...others.slice(start, start + size)]);
  }
  return merged;
}
