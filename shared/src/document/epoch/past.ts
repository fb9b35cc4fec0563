import type { ClockId } from '../guard/read-update.ts';
import type { ListDocument } from '../list-document.ts';
import type { KeyWrite } from '../model/change.ts';
import { clocksIn, covers, decodeClocks, encodeClocks, joinClocks, type Clocks } from './clocks.ts';

/**
 * What a document says of earlier epochs: how much of each has been in it. Whatever has become of a write that it has had, brought again it is no
 * news. A seed says it of the document that it was made from, and whoever brings something over says it of what it was brought from. It stands in
 * the document (root `past`: by epoch, and by epoch and the client that has brought it), so it can't be lost without what it speaks of.
 */
export interface Past {
  /** The epochs of which it has had something. */
  readonly epochs: readonly number[];
  /** The epoch that it followed, if that is known. */
  readonly parent: number | undefined;
  /** How much of an epoch it has had. */
  had: (epoch: number) => Clocks;
  /** Whether a client has brought things from other epochs: a seed's, or the api's. What others wrote was written in this one. */
  isCarrier: (client: number) => boolean;
}

type PastDocument = Pick<ListDocument, 'read' | 'keys' | 'writeOf'>;

/** Characters that a seed spends on the epochs before it: fewer than a text of a document may have. */
const maxPastLength = 7_000;

const none: Clocks = new Map();

export function readPast(doc: PastDocument): Past {
  const had = new Map<number, Clocks>();
  const begunWith: number[] = [];
  const carriers = new Set([doc.writeOf('meta', 'epoch')?.client]);
  for (const key of doc.keys('past')) {
    const [epoch = 0, carrier] = key.split('-').map(Number);
    const clocks = decodeClocks(doc.read('past', key));
    if (carrier === undefined) begunWith.push(epoch);
    had.set(epoch, joinClocks(had.get(epoch) ?? none, clocks));
    carriers.add(carrier);
  }
  return {
    epochs: [...had.keys()],
    parent: begunWith.length === 0 ? undefined : Math.max(...begunWith),
    had: (epoch) => had.get(epoch) ?? none,
    isCarrier: (client) => carriers.has(client),
  };
}

/** Of a document that says nothing. */
export const nothingPast: Past = {
  epochs: [],
  parent: undefined,
  had: () => none,
  isCarrier: () => false,
};

/** Whether a write of an earlier epoch has been in this one. */
export function hasHad(past: Past, epoch: number, { client, clock }: ClockId): boolean {
  return clock < (past.had(epoch).get(client) ?? 0);
}

/**
 * Whether all that an update of an earlier epoch has written has been in this one. What it deletes as well, has been deleted by then too: unless it
 * writes nothing, when nobody can tell.
 */
export function hasHadAll(past: Past, epoch: number, update: Uint8Array): boolean {
  const clocks = clocksIn(update);
  return clocks.size > 0 && covers(past.had(epoch), clocks);
}

/** An epoch of which a document has had so much. */
interface HadEpoch {
  readonly epoch: number;
  readonly clocks: Clocks;
}

/** What a document says of epochs once it has had so much of them, as far as it did not say so before. */
export function pastWrites(epochs: readonly HadEpoch[], next: ListDocument, { had }: Past): KeyWrite[] {
  return epochs.flatMap(({ epoch, clocks }): KeyWrite[] => {
    const known = had(epoch);
    const more = [...clocks].filter(([client, clock]) => clock > (known.get(client) ?? 0));
    if (more.length === 0) return [];
    const key = `${String(epoch)}-${String(next.clientId)}`;
    const value = encodeClocks(joinClocks(decodeClocks(next.read('past', key)), new Map(more)));
    return value.length > maxPastLength ? [] : [{ root: 'past', key, value }];
  });
}

/** What another epoch has had of those before it: it is had with that. */
export function inheritedPast({ epochs, had }: Past): HadEpoch[] {
  return epochs.map((epoch) => ({ epoch, clocks: had(epoch) }));
}

/** What a seed says of the epochs before it: of the one that it follows, and of as many before that as there is room for. */
export function seededPast(doc: ListDocument): KeyWrite[] {
  const earlier = inheritedPast(readPast(doc)).sort((a, b) => b.epoch - a.epoch);
  let length = 0;
  return [{ epoch: doc.epoch, clocks: clocksIn(doc.encode()) }, ...earlier].flatMap(({ epoch, clocks }): KeyWrite[] => {
    const value = encodeClocks(clocks);
    length += value.length;
    return length > maxPastLength ? [] : [{ root: 'past', key: String(epoch), value }];
  });
}
