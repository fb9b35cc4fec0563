import type { MemberId } from '../../protocol/index.ts';
import type { Json } from './json.ts';
import type { Minute } from './minute.ts';
import type { RootName } from './root-names.ts';

/** What one command did to one key. `null` stands for absent, which no value of a document is. */
export interface ChangeEntry {
  readonly root: RootName;
  readonly key: string;
  readonly before: Json;
  readonly after: Json;
}

/**
 * What one command did, by whom and when, as plain JSON, so that it can be stored beside the list and still be undone after a
 * reload, or dropped when it has grown old.
 */
export interface Change {
  readonly by: MemberId;
  readonly at: Minute;
  readonly entries: readonly ChangeEntry[];
}

/** One key to set, or to delete with `null`. */
export interface KeyWrite {
  readonly root: RootName;
  readonly key: string;
  readonly value: Json;
}
