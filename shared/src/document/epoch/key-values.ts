import type { ClockId } from '../guard/read-update.ts';
import type { ListDocument } from '../list-document.ts';
import { rootNames, type RootName } from '../model/root-names.ts';
import { clocksIn, type Clocks } from './clocks.ts';
import { readPast, type Past } from './past.ts';

/** The raw values of a document: the document itself, or what it had at some moment. */
export type KeyValues = Pick<ListDocument, 'read' | 'keys'>;

/** What an epoch's document had at some moment, and the writes that it came from. */
export interface EpochValues extends KeyValues {
  readonly epoch: number;
  readonly clocks: Clocks;
  readonly past: Past;
  /** The last write of a key, also where that is deleted; undefined where nobody has ever written it. */
  writeOf: (root: RootName, key: string) => ClockId | undefined;
}

/** What a document has now, whatever becomes of it. Much cheaper than a second document. */
export function keepValues(document: ListDocument): EpochValues {
  const keys = new Map(rootNames.map((root) => [root, [...document.keys(root)]]));
  const states = new Map(rootNames.map((root) => [root, keepRoot(document, root)]));
  return {
    epoch: document.epoch,
    clocks: clocksIn(document.encode()),
    past: readPast(document),
    keys: (root) => (keys.get(root) ?? []).values(),
    read: (root, key) => states.get(root)?.get(key)?.value,
    writeOf: (root, key) => states.get(root)?.get(key)?.write,
  };
}

interface KeyState {
  readonly value: unknown;
  readonly write: ClockId | undefined;
}

function keepRoot(document: ListDocument, root: RootName): ReadonlyMap<string, KeyState> {
  const written = [...document.writtenKeys(root)];
  return new Map(written.map((key) => [key, { value: document.read(root, key), write: document.writeOf(root, key) }]));
}
