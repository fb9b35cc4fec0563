import type { Clock, ListId } from '@trolley/shared/protocol';
import type { Neighbours } from './neighbours.ts';
import type { Seating } from './seating.ts';

/** When many come at once, each is told of them so many times a second. */
const pauseMs = 100;

interface BoardParts {
  seating: Seating;
  neighbours: Neighbours;
  clock: Clock;
}

/** R6: tells a room who is there, when it changes. What changes within a moment is told once. */
export class RosterBoard {
  readonly #parts: BoardParts;
  /** Lists that will be told of, or were a moment ago. */
  readonly #resting = new Map<ListId, { isStale: boolean }>();
  /** Lists where somebody of this node has come or gone since the other nodes were told. */
  readonly #untold = new Set<ListId>();

  constructor(parts: BoardParts) {
    this.#parts = parts;
    parts.neighbours.onChange((list) => {
      this.#refresh(list);
    });
  }

  /** Somebody of this node has come or gone. */
  noteChange(list: ListId): void {
    this.#untold.add(list);
    this.#refresh(list);
  }

  #refresh(list: ListId): void {
    const resting = this.#resting.get(list);
    if (resting !== undefined) {
      resting.isStale = true;
      return;
    }
    this.#resting.set(list, { isStale: false });
    this.#parts.clock.schedule(0, () => {
      this.#tell(list);
      this.#parts.clock.schedule(pauseMs, () => {
        const isStale = this.#resting.get(list)?.isStale ?? false;
        this.#resting.delete(list);
        if (isStale) this.#refresh(list);
      });
    });
  }

  #tell(list: ListId): void {
    const { seating, neighbours } = this.#parts;
    const resting = this.#resting.get(list);
    if (resting !== undefined) resting.isStale = false;
    const here = seating.rosterOf(list);
    if (this.#untold.delete(list)) neighbours.tell(list, here);
    const present = [...here, ...neighbours.present(list)];
    for (const peer of seating.peersIn(list)) peer.send({ event: 'roster', message: { list, present } });
  }
}
