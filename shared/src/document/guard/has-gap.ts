import type { ClockId, UpdateOutline } from './read-update.ts';

/** The next clock that is expected of a client: everything below it is known. */
export type KnownClock = (client: number) => number;

/** Whether an update builds on, or deletes, something that is neither known nor in the update itself. */
export function hasGap({ blocks, deletes }: UpdateOutline, knownClock: KnownClock): boolean {
  const ends = new Map(blocks.map((block) => [block.client, block.end]));
  const isThere = ({ client, clock }: ClockId) => clock < Math.max(knownClock(client), ends.get(client) ?? 0);
  const buildsOnMissing = blocks.some(
    ({ client, clock, structs }) =>
      clock > knownClock(client) || structs.some(({ origin }) => origin !== null && !isThere(origin)),
  );
  return buildsOnMissing || deletes.some(({ client, end }) => !isThere({ client, clock: end - 1 }));
}
