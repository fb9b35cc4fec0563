import type { KnownClock } from './has-gap.ts';
import type { ClockId, StructOutline, UpdateOutline } from './read-update.ts';

/** The `root/key` under which a known write stands; null when it stands nowhere. */
export type SlotAt = (id: ClockId) => string | null;

/**
 * Whether an update continues a run of writes that is partly known, but under another key. Yjs would tie the two keys' histories
 * together, so that one of them could never be written again. No writer does this: a run is made of writes to one key.
 */
export function hasCrossedKeys({ blocks }: UpdateOutline, knownClock: KnownClock, slotAt: SlotAt): boolean {
  return blocks.some(({ client, structs }) => {
    const known = knownClock(client);
    const partlyKnown = structs.find(({ clock, length }) => clock < known && known < clock + length);
    return (
      partlyKnown !== undefined && slotOf(partlyKnown, knownClock, slotAt) !== slotAt({ client, clock: known - 1 })
    );
  });
}

/** What a partly known run builds on is known as well. */
function slotOf({ slot, origin }: StructOutline, knownClock: KnownClock, slotAt: SlotAt): string | undefined | null {
  if (origin === null) return slot;
  return origin.clock < knownClock(origin.client) ? slotAt(origin) : undefined;
}
