import type { BlockOutline, StructOutline } from './read-update.ts';

/** How far a block has been walked. */
interface Cursor {
  readonly block: BlockOutline;
  next: number;
}

const none: readonly Cursor[] = [];

/**
 * Whether parts of an update wait for each other in a circle; Yjs would keep such parts for ever. Walks each block as far as what it
 * builds on has been walked, so that every struct is passed once.
 */
export function hasCycle(blocks: readonly BlockOutline[]): boolean {
  // A struct that builds on a later one of its own block has been refused already.
  if (blocks.length < 2) return false;
  const cursors = blocks.map((block): Cursor => ({ block, next: 0 }));
  const byClient = new Map(cursors.map((cursor) => [cursor.block.client, cursor]));
  const waiting = new Map<StructOutline, Cursor[]>();
  const ready = [...cursors];
  for (let cursor = ready.pop(); cursor !== undefined; cursor = ready.pop()) {
    for (let struct = structAt(cursor); struct !== undefined; struct = structAt(cursor)) {
      const blocker = findBlocker(struct, cursor, byClient);
      if (blocker !== undefined) {
        addWaiting(waiting, blocker, cursor);
        break;
      }
      cursor.next++;
      for (const waiter of waiting.get(struct) ?? none) ready.push(waiter);
    }
  }
  return cursors.some((cursor) => structAt(cursor) !== undefined);
}

function structAt(cursor: Cursor): StructOutline | undefined {
  return cursor.block.structs[cursor.next];
}

/** The struct of another block that this one builds on, if that has not been walked yet. */
function findBlocker({ origin }: StructOutline, cursor: Cursor, byClient: ReadonlyMap<number, Cursor>) {
  const target = origin === null ? undefined : byClient.get(origin.client);
  if (origin === null || target === undefined || target === cursor) return undefined;
  const { clock, end, structs } = target.block;
  if (origin.clock < clock || origin.clock >= end) return undefined;
  const index = indexAt(structs, origin.clock);
  return index >= target.next ? structs[index] : undefined;
}

/** Index of the struct that holds a clock, by halving. */
function indexAt(structs: readonly StructOutline[], clock: number): number {
  let low = 0;
  let high = structs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((structs[middle]?.clock ?? 0) <= clock) low = middle;
    else high = middle - 1;
  }
  return low;
}

function addWaiting(waiting: Map<StructOutline, Cursor[]>, blocker: StructOutline, cursor: Cursor): void {
  const cursors = waiting.get(blocker);
  if (cursors === undefined) waiting.set(blocker, [cursor]);
  else cursors.push(cursor);
}
