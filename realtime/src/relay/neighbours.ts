import type { ListId, RosterEntry } from '@trolley/shared/protocol';

/** Who has a list open on the other nodes. Best effort: a node that cannot be heard is one where nobody is, after a while. */
export interface Neighbours {
  /** Who has the list open on this node has changed. Nobody: it is closed here. */
  tell(list: ListId, present: readonly RosterEntry[]): void;
  /** Everybody who has it open elsewhere, as far as they have told. */
  present(list: ListId): readonly RosterEntry[];
  /** Calls back when that has changed. */
  onChange(listener: (list: ListId) => void): void;
}

/** Of a node that is alone. */
export const noNeighbours: Neighbours = {
  tell: () => undefined,
  present: () => [],
  onChange: () => undefined,
};
